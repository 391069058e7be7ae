package space.halley.producer;

/**
 * On whose behalf something is said, and why.
 *
 * @param author the role that asked for it, such as {@code release manager}; never a person's name, since what is said
 *     is kept for ever
 * @param reason why; for the withdrawal of a public product it becomes public; may be empty for an
 *     announcement and a fact, and must not be for what changes an earlier decision
 */
public record Mandate(String author, String reason) {}
