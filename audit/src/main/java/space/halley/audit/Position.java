package space.halley.audit;

import space.halley.domain.AgencyId;

/** The place of an input: the agency whose command topic it is in, the partition and the offset. */
public record Position(AgencyId agency, int partition, long offset) {
    /** The lane that decides about it. */
    public LanePartition lane() {
        return new LanePartition(agency, partition);
    }

    @Override
    public String toString() {
        return agency + "/" + partition + "@" + offset;
    }
}
