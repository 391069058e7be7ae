package space.halley.schemas;

import space.halley.domain.Command;
import space.halley.domain.Facts;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lid;
import space.halley.schemas.avro.AnnounceCommand;
import space.halley.schemas.avro.CommandEnvelope;
import space.halley.schemas.avro.FactCommand;
import space.halley.schemas.avro.FactKind;
import space.halley.schemas.avro.FenceCommand;
import space.halley.schemas.avro.PolicyCommand;
import space.halley.schemas.avro.RescheduleCommand;
import space.halley.schemas.avro.WaiveCommand;
import space.halley.schemas.avro.WithdrawCommand;

/** The command topics' envelope. */
final class CommandFields {
    /** A lane stops for a command of a later version; a number further ahead than this is a mistake. */
    private static final int MAX_READERS_AHEAD = 100;

    private CommandFields() {}

    static CommandEnvelope toFields(Input input) {
        var envelope = CommandEnvelope.newBuilder().setIssuedAt(input.carriedClock());
        return switch (input) {
            case Input.Fence fence ->
                envelope.setCommandId("")
                        .setLid("")
                        .setFence(new FenceCommand(fence.proposer(), fence.number()))
                        .build();
            case Input.PolicyVersion policy ->
                stated(envelope, policy.statement(), "", true)
                        .setPolicy(new PolicyCommand(policy.number(), policy.document()))
                        .build();
            case Input.ForLaterReader later ->
                throw new IllegalArgumentException("this version cannot write a command for a later reader");
            case Input.Said said -> {
                var command = said.command();
                stated(envelope, command.statement(), said.lid().value(), isOfSecondReader(command));
                var vid = command.id().vid().toString();
                yield switch (command) {
                    case Command.Announce announce ->
                        envelope.setAnnounce(AnnounceCommand.newBuilder()
                                        .setVid(vid)
                                        .setProduct(ValueFields.product(announce.product()))
                                        .setTerms(ValueFields.terms(announce.terms()))
                                        .setExistence(ValueFields.existence(announce.existence()))
                                        .setArchiveReleaseDate(announce.archiveReleaseDate())
                                        .setReception(announce.reception())
                                        .setPlanetaryDefence(announce.planetaryDefence())
                                        .build())
                                .build();
                    case Command.Reschedule reschedule ->
                        envelope.setReschedule(new RescheduleCommand(vid, ValueFields.terms(reschedule.terms())))
                                .build();
                    case Command.Waive waive ->
                        envelope.setWaive(new WaiveCommand(vid)).build();
                    case Command.StateFact fact ->
                        envelope.setFact(new FactCommand(vid, kind(fact.kind()), fact.at()))
                                .build();
                    case Command.Withdraw withdraw ->
                        envelope.setWithdraw(new WithdrawCommand(vid)).build();
                };
            }
        };
    }

    private static CommandEnvelope.Builder stated(
            CommandEnvelope.Builder envelope, Command.Statement statement, String lid, boolean secondReader) {
        return envelope.setCommandId(statement.commandId())
                .setMinReader(secondReader ? 2 : 1)
                .setLid(lid)
                .setAuthor(statement.author())
                .setReason(statement.reason());
    }

    /** Whether a lane of the first version would miss something that restricts or opens. */
    private static boolean isOfSecondReader(Command command) {
        return switch (command) {
            case Command.Announce announce ->
                ValueFields.areOfSecondReader(announce.terms())
                        || announce.reception() != null
                        || announce.planetaryDefence();
            case Command.Reschedule reschedule -> ValueFields.areOfSecondReader(reschedule.terms());
            case Command.Waive waive -> true;
            case Command.StateFact fact -> true;
            case Command.Withdraw withdraw -> false;
        };
    }

    static Input toDomain(CommandEnvelope envelope) {
        if (envelope.getMinReader() < 1 || envelope.getMinReader() > Input.READER + MAX_READERS_AHEAD) {
            throw new InvalidValueException("minReader", envelope.getMinReader() + " is no version of the lane");
        }
        if (envelope.getMinReader() > Input.READER) {
            return new Input.ForLaterReader(envelope.getIssuedAt(), envelope.getMinReader());
        }
        var fence = envelope.getFence();
        var policy = envelope.getPolicy();
        if (ValueFields.count(
                        envelope.getAnnounce(),
                        envelope.getReschedule(),
                        envelope.getWaive(),
                        envelope.getFact(),
                        envelope.getWithdraw(),
                        policy,
                        fence)
                != 1) {
            throw new InvalidValueException(
                    "command",
                    "exactly one of announce, reschedule, waive, fact, withdraw, policy and fence must be set");
        }
        if (fence != null) {
            return new Input.Fence(envelope.getIssuedAt(), fence.getProposer(), fence.getNumber());
        }
        var statement = new Command.Statement(envelope.getCommandId(), envelope.getAuthor(), envelope.getReason());
        if (policy != null) {
            return new Input.PolicyVersion(envelope.getIssuedAt(), statement, policy.getNumber(), policy.getDocument());
        }
        return new Input.Said(new Lid(envelope.getLid()), envelope.getIssuedAt(), command(statement, envelope));
    }

    private static Command command(Command.Statement statement, CommandEnvelope envelope) {
        var lid = envelope.getLid();
        var announce = envelope.getAnnounce();
        if (announce != null) {
            var id = ValueFields.lidvid(lid, announce.getVid());
            return new Command.Announce(
                    statement,
                    ValueFields.product(id, announce.getProduct()),
                    ValueFields.terms(announce.getTerms()),
                    ValueFields.existence(announce.getExistence()),
                    announce.getArchiveReleaseDate(),
                    announce.getReception(),
                    announce.getPlanetaryDefence());
        }
        var reschedule = envelope.getReschedule();
        if (reschedule != null) {
            return new Command.Reschedule(
                    statement, ValueFields.lidvid(lid, reschedule.getVid()), ValueFields.terms(reschedule.getTerms()));
        }
        var waive = envelope.getWaive();
        if (waive != null) {
            return new Command.Waive(statement, ValueFields.lidvid(lid, waive.getVid()));
        }
        var fact = envelope.getFact();
        if (fact != null) {
            return new Command.StateFact(
                    statement, ValueFields.lidvid(lid, fact.getVid()), kind(fact.getKind()), fact.getAt());
        }
        return new Command.Withdraw(
                statement, ValueFields.lidvid(lid, envelope.getWithdraw().getVid()));
    }

    private static FactKind kind(Facts.Kind kind) {
        return switch (kind) {
            case ACQUISITION_STOP -> FactKind.ACQUISITION_STOP;
            case RECEPTION -> FactKind.RECEPTION;
            case REVIEW -> FactKind.REVIEW;
        };
    }

    private static Facts.Kind kind(FactKind kind) {
        return switch (kind) {
            case ACQUISITION_STOP -> Facts.Kind.ACQUISITION_STOP;
            case RECEPTION -> Facts.Kind.RECEPTION;
            case REVIEW -> Facts.Kind.REVIEW;
            case UNKNOWN -> throw new InvalidValueException("fact", "is of a kind that this version does not know");
        };
    }
}
