package space.halley.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import space.halley.schemas.Topics;
import space.halley.streams.Turns;

/**
 * The shape of a lane's work. A command: one get, two puts, three outputs. A release: one product read, one delete, one put,
 * three outputs, in steps of a lane's budget and with its pauses for commands. Used by the stream thread alone.
 */
final class ShapeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    static final String JOURNAL = "journal";
    static final String RECEIPTS = "receipts";
    static final String PUBLIC = "public";
    static final String CATALOG = "catalog";
    static final byte[] VERSION = "::1.0".getBytes(StandardCharsets.UTF_8);

    // A lane's tick and budget.
    private static final Duration TICK = Duration.ofMillis(50);
    private static final int STEP = 5_000;
    private static final Duration STEP_TIME = Duration.ofMillis(100);
    private static final byte[] SCHEDULE = new byte[Integer.BYTES];

    private final Shape shape;
    private final ShapeBaseline.Reading reading;
    private final HeldTerms terms;
    private @Nullable Bytes visited;
    private final Turns turns;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    private ProcessorContext<byte[], byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<Bytes, byte[]> products;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<Bytes, byte[]> timers;

    ShapeProcessor(Shape shape, ShapeBaseline.Reading reading, HeldTerms terms, Turns turns) {
        this.turns = turns;
        this.shape = shape;
        this.reading = reading;
        this.terms = terms;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.products = context.getStateStore(Topics.Store.PRODUCTS.storeName());
        this.timers = context.getStateStore(Topics.Store.TIMERS.storeName());
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick());
    }

    @Override
    public void process(Record<byte[], byte[]> command) {
        turns.commandCame();
        var lid = Bytes.wrap(command.key());
        var payload = command.value();
        if (products.get(lid) != null) {
            throw new IllegalStateException("every product of the benchmark is announced once");
        }
        products.put(lid, piece(payload, shape.heldState()));
        timers.put(timer(terms.releaseAt(), command.key()), SCHEDULE);
        forward(JOURNAL, command.key(), piece(payload, shape.journalOfHeld()));
        forward(CATALOG, withVersion(command.key()), piece(payload, shape.catalogueOfHeld()));
        forward(RECEIPTS, command.key(), piece(payload, shape.receipt()));
    }

    /** As in a lane, the commands have their turn during a drain. */
    private void tick() {
        var partition = context.taskId().partition();
        if (!terms.releaseAt().isAfter(terms.instant()) && turns.mayStep(partition)) {
            turns.drains(partition, drain());
        }
    }

    /** Whether there is more to do. */
    private boolean drain() {
        var begin = System.nanoTime();
        var left = STEP;
        try (var due = timers.range(visited, null)) {
            if (!due.hasNext()) {
                return false;
            }
            try (var walk =
                    reading == ShapeBaseline.Reading.WALK ? products.range(lid(due.peekNextKey()), null) : null) {
                while (due.hasNext() && left-- > 0 && System.nanoTime() - begin < STEP_TIME.toNanos()) {
                    var timer = due.next().key;
                    if (!timer.equals(visited)) {
                        release(timer, held(walk, lid(timer)));
                        visited = timer;
                    }
                }
            }
            return due.hasNext();
        }
    }

    private byte[] held(@Nullable KeyValueIterator<Bytes, byte[]> walk, Bytes lid) {
        var held = walk == null ? products.get(lid) : next(walk, lid);
        if (held == null) {
            throw new IllegalStateException("a timer without its product");
        }
        return held;
    }

    private static byte @Nullable [] next(KeyValueIterator<Bytes, byte[]> walk, Bytes lid) {
        while (walk.hasNext()) {
            var entry = walk.next();
            if (entry.key.equals(lid)) {
                return entry.value;
            }
        }
        return null;
    }

    private void release(Bytes timer, byte[] held) {
        var lid = lid(timer);
        var key = lid.get();
        // As a lane does: a delete would read the value first.
        timers.put(timer, null);
        products.put(lid, piece(held, shape.openState()));
        forward(PUBLIC, key, piece(held, shape.publicRecord()));
        forward(JOURNAL, key, piece(held, shape.journalOfRelease()));
        forward(CATALOG, withVersion(key), piece(held, shape.catalogueOfRelease()));
    }

    private static Bytes lid(Bytes timer) {
        return Bytes.wrap(Arrays.copyOfRange(timer.get(), Long.BYTES, timer.get().length));
    }

    private void forward(String sink, byte[] key, byte[] value) {
        context.forward(new Record<>(key, value, context.currentSystemTimeMs()), sink);
    }

    /** So many bytes of this one, from its end, where an announcement has what does not compress; repeated if need be. */
    private static byte[] piece(byte[] whole, int size) {
        var piece = new byte[size];
        for (var end = size; end > 0; end -= whole.length) {
            var length = Math.min(end, whole.length);
            System.arraycopy(whole, whole.length - length, piece, end - length, length);
        }
        return piece;
    }

    private static byte[] withVersion(byte[] lid) {
        return ByteBuffer.allocate(lid.length + VERSION.length)
                .put(lid)
                .put(VERSION)
                .array();
    }

    private static Bytes timer(Instant at, byte[] lid) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + lid.length)
                .putLong(at.toEpochMilli())
                .put(lid)
                .array());
    }
}
