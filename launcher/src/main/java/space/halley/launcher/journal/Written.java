package space.halley.launcher.journal;

import java.time.Instant;
import space.halley.schemas.JournalEntry;

/**
 * A decision in the journal.
 *
 * @param at when it was appended there, with what follows from it in the same transaction: the time from which on others see that. A
 *     lane that was behind, or down, writes long after what it decides by
 */
record Written(JournalEntry entry, Instant at) {}
