package space.halley.schemas;

import space.halley.domain.Command;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lid;
import space.halley.schemas.avro.AnnounceCommand;
import space.halley.schemas.avro.CommandEnvelope;
import space.halley.schemas.avro.FenceCommand;
import space.halley.schemas.avro.RescheduleCommand;
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
            case Input.ForLaterReader later ->
                throw new IllegalArgumentException("this version cannot write a command for a later reader");
            case Input.Said said -> {
                var statement = said.command().statement();
                envelope.setCommandId(statement.commandId())
                        .setLid(said.lid().value())
                        .setAuthor(statement.author())
                        .setReason(statement.reason());
                yield switch (said.command()) {
                    case Command.Announce announce ->
                        envelope.setAnnounce(AnnounceCommand.newBuilder()
                                        .setVid(announce.id().vid().toString())
                                        .setProduct(ValueFields.product(announce.product()))
                                        .setTerms(ValueFields.terms(announce.terms()))
                                        .setExistence(ValueFields.existence(announce.existence()))
                                        .setArchiveReleaseDate(announce.archiveReleaseDate())
                                        .build())
                                .build();
                    case Command.Reschedule reschedule ->
                        envelope.setReschedule(new RescheduleCommand(
                                        reschedule.id().vid().toString(), ValueFields.terms(reschedule.terms())))
                                .build();
                    case Command.Withdraw withdraw ->
                        envelope.setWithdraw(
                                        new WithdrawCommand(withdraw.id().vid().toString()))
                                .build();
                };
            }
        };
    }

    static Input toDomain(CommandEnvelope envelope) {
        if (envelope.getMinReader() < 1 || envelope.getMinReader() > Input.READER + MAX_READERS_AHEAD) {
            throw new InvalidValueException("minReader", envelope.getMinReader() + " is no version of the lane");
        }
        if (envelope.getMinReader() > Input.READER) {
            return new Input.ForLaterReader(envelope.getIssuedAt(), envelope.getMinReader());
        }
        var announce = envelope.getAnnounce();
        var reschedule = envelope.getReschedule();
        var withdraw = envelope.getWithdraw();
        var fence = envelope.getFence();
        if (ValueFields.count(announce, reschedule, withdraw, fence) != 1) {
            throw new InvalidValueException(
                    "command", "exactly one of announce, reschedule, withdraw and fence must be set");
        }
        if (fence != null) {
            return new Input.Fence(envelope.getIssuedAt(), fence.getProposer(), fence.getNumber());
        }
        var statement = new Command.Statement(envelope.getCommandId(), envelope.getAuthor(), envelope.getReason());
        Command command;
        if (announce != null) {
            var id = ValueFields.lidvid(envelope.getLid(), announce.getVid());
            command = new Command.Announce(
                    statement,
                    ValueFields.product(id, announce.getProduct()),
                    ValueFields.terms(announce.getTerms()),
                    ValueFields.existence(announce.getExistence()),
                    announce.getArchiveReleaseDate());
        } else if (reschedule != null) {
            command = new Command.Reschedule(
                    statement,
                    ValueFields.lidvid(envelope.getLid(), reschedule.getVid()),
                    ValueFields.terms(reschedule.getTerms()));
        } else {
            command = new Command.Withdraw(statement, ValueFields.lidvid(envelope.getLid(), withdraw.getVid()));
        }
        return new Input.Said(new Lid(envelope.getLid()), envelope.getIssuedAt(), command);
    }
}
