package space.halley.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an agency says about one of its products. */
public sealed interface Command {

    /** The version of the product that the command is about. */
    Lidvid id();

    /** Who says so, and why. */
    Statement statement();

    /**
     * The circumstances of a command.
     *
     * @param commandId chosen by the agency, to find its answer again
     * @param author the role that asked for it, asserted by the agency; not a person's name
     * @param reason why, in the agency's words; for a retraction it becomes public
     */
    record Statement(String commandId, String author, String reason) {
        public Statement {
            Texts.required("command_id", commandId, 100);
            Texts.required("author", author, 200);
            reason = reason.strip();
            if (reason.length() > 2_000) {
                throw new InvalidValueException("reason", "has more than 2000 characters");
            }
        }
    }

    /**
     * A product exists and is to be released under these terms.
     *
     * @param archiveReleaseDate when the agency's own archive made it public, if that was before this announcement
     * @param reception when the data were received on Earth, if that is known
     * @param planetaryDefence whether it warns of an object that may hit Earth; such a product is never held, whatever its
     *     terms
     */
    record Announce(
            Statement statement,
            ProductDescription product,
            ReleaseTerms terms,
            Existence existence,
            @Nullable Instant archiveReleaseDate,
            @Nullable Instant reception,
            boolean planetaryDefence)
            implements Command {
        public Announce {
            archiveReleaseDate =
                    archiveReleaseDate == null ? null : Instants.checked("archive_release_date", archiveReleaseDate);
            reception = reception == null ? null : Instants.checked("reception", reception);
        }

        /** An announcement of a product that is no planetary-defence product and of which no more is known. */
        public Announce(
                Statement statement,
                ProductDescription product,
                ReleaseTerms terms,
                Existence existence,
                @Nullable Instant archiveReleaseDate) {
            this(statement, product, terms, existence, archiveReleaseDate, null, false);
        }

        @Override
        public Lidvid id() {
            return product.id();
        }
    }

    /** A held product is to be released under other terms: later, earlier, or at once. */
    record Reschedule(Statement statement, Lidvid id, ReleaseTerms terms) implements Command {}

    /** A held product is exempted from its embargo and released at once, as one of a held set that is named. */
    record Waive(Statement statement, Lidvid id) implements Command {}

    /** A fact about a held product, or a correction of one, that its release may depend on. */
    record StateFact(Statement statement, Lidvid id, Facts.Kind kind, Instant at) implements Command {
        public StateFact {
            at = Instants.checked("at", at);
        }
    }

    /** A held product is not to be released; a public one is retracted. */
    record Withdraw(Statement statement, Lidvid id) implements Command {}
}
