package space.halley.audit;

import space.halley.domain.AgencyId;

/**
 * One agency's lane in one partition of its commands. Nothing in it depends on another one: policies are said in every
 * partition, and a product belongs to one partition of one agency.
 */
public record LanePartition(AgencyId agency, int partition) {
    @Override
    public String toString() {
        return agency + "/" + partition;
    }
}
