package space.halley.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * Why a version is released when it is, so that the question can be answered for ever from the journal alone.
 *
 * @param explanation one sentence for people
 * @param rule the rule's id; empty if the announcement's own terms hold
 * @param owner whose rule it is; empty likewise
 * @param policy the number of the policy version by which the release was planned, or, where nothing is planned, that was in force; 0 if
 *     there was none
 * @param policyHash its hash
 * @param clockStart when the exclusive period started; empty if there is none, or the fact is missing
 * @param embargoEnd when the terms alone would release; empty likewise
 * @param missing what must become known before the release can be planned; empty if nothing
 * @param late whether the product was delivered after its embargo had ended
 */
public record Grounds(
        String explanation,
        Optional<String> rule,
        Optional<String> owner,
        int policy,
        Optional<ContentHash> policyHash,
        Optional<Instant> clockStart,
        Optional<Instant> embargoEnd,
        Optional<String> missing,
        boolean late) {

    /** Nothing but a sentence. */
    public static Grounds of(String explanation) {
        return new Grounds(
                explanation,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** Nothing but a sentence, and which version of the policy was in force. */
    static Grounds of(String explanation, Policy policy) {
        return new Grounds(
                explanation,
                Optional.empty(),
                Optional.empty(),
                policy.number(),
                Optional.of(policy.hash()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** Those by which a version was held until something else became of it. */
    Grounds ended(String how) {
        return new Grounds(how, rule, owner, policy, policyHash, clockStart, embargoEnd, Optional.empty(), late);
    }

    Grounds with(String newExplanation) {
        return new Grounds(newExplanation, rule, owner, policy, policyHash, clockStart, embargoEnd, missing, late);
    }

    /** The explanation and, where a policy's rule holds, which one of which version. */
    public String sentence() {
        return rule.isEmpty()
                ? explanation
                : explanation + " (rule " + rule.get() + " of " + owner.orElse("") + ", policy version " + policy + ")";
    }

    /**
     * Whether both say the same, if one leaves aside under which version of the policy, and what the agency changed before,
     * which stands in front of the earlier explanation.
     */
    boolean isLike(Grounds before) {
        return before.explanation.endsWith(explanation)
                && rule.equals(before.rule)
                && owner.equals(before.owner)
                && clockStart.equals(before.clockStart)
                && embargoEnd.equals(before.embargoEnd)
                && missing.equals(before.missing)
                && late == before.late;
    }
}
