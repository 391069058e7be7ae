package space.halley.testkit;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.common.protocol.ApiKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network between clients and a broker that can be cut, and that can keep back what goes one way: while answers are kept
 * back, the broker does what it is told and nobody hears of it. All methods may be called by any thread.
 */
public final class Wire implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final int PIECE = 64 << 10;

    private final ServerSocket outside;
    private final int inside;
    private final Set<Closeable> ends = ConcurrentHashMap.newKeySet();
    private boolean cut;
    private Predicate<ApiKeys> requestsKept = request -> false;
    private boolean answersKept;

    Wire(int outside, int inside) {
        this.inside = inside;
        try {
            this.outside = new ServerSocket();
            this.outside.setReuseAddress(true);
            this.outside.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), outside));
        } catch (IOException e) {
            throw new UncheckedIOException("no wire at port " + outside, e);
        }
        Thread.ofPlatform().daemon().name("wire").start(this::accept);
    }

    /** Breaks all connections, and lets no new one come about until it is mended. */
    public synchronized void cut() {
        cut = true;
        breakAll();
    }

    /** Keeps back what clients say until it is mended. */
    public synchronized void keepRequests() {
        requestsKept = request -> true;
    }

    /** Keeps back the ends of transactions, and what the same client says behind them, until it is mended. */
    public synchronized void keepEndsOfTransactions() {
        requestsKept = request -> request == ApiKeys.END_TXN;
    }

    /** Keeps back what the broker says until it is mended. */
    public synchronized void keepAnswers() {
        answersKept = true;
    }

    /** Everything gets through again; what was kept back arrives, late. */
    public synchronized void mend() {
        cut = false;
        requestsKept = request -> false;
        answersKept = false;
        notifyAll();
    }

    private void accept() {
        while (!outside.isClosed()) {
            try {
                var client = outside.accept();
                if (isCut()) {
                    client.close();
                    continue;
                }
                var broker = new Socket(InetAddress.getLoopbackAddress(), inside);
                ends.add(client);
                ends.add(broker);
                Thread.ofVirtual().start(() -> carry(client, broker, this::requests));
                Thread.ofVirtual().start(() -> carry(broker, client, this::answers));
            } catch (IOException e) {
                LOG.debug("no connection came about", e);
            }
        }
    }

    /** Carries everything one way until there is nothing more. */
    @FunctionalInterface
    private interface Way {
        void carry(InputStream from, OutputStream to) throws IOException, InterruptedException;
    }

    private void carry(Socket from, Socket to, Way way) {
        try (from;
                to) {
            way.carry(from.getInputStream(), to.getOutputStream());
        } catch (IOException e) {
            LOG.debug("a connection broke", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    /** Requests, each of which begins with its length and what it asks. Kafka protocol guide, "Protocol Primitive Types", "Requests". */
    private void requests(InputStream from, OutputStream to) throws IOException, InterruptedException {
        var in = new DataInputStream(from);
        var out = new DataOutputStream(new BufferedOutputStream(to, PIECE));
        while (true) {
            var request = new byte[in.readInt()];
            in.readFully(request);
            awaitWay(ApiKeys.forId(ByteBuffer.wrap(request).getShort()));
            out.writeInt(request.length);
            out.write(request);
            out.flush();
        }
    }

    private void answers(InputStream from, OutputStream to) throws IOException, InterruptedException {
        var piece = new byte[PIECE];
        for (var length = from.read(piece); length >= 0; length = from.read(piece)) {
            awaitWayBack();
            to.write(piece, 0, length);
        }
    }

    private synchronized boolean isCut() {
        return cut;
    }

    private synchronized void awaitWay(ApiKeys request) throws InterruptedException {
        while (requestsKept.test(request)) {
            wait();
        }
    }

    private synchronized void awaitWayBack() throws InterruptedException {
        while (answersKept) {
            wait();
        }
    }

    private void breakAll() {
        for (var end : ends) {
            try {
                end.close();
            } catch (IOException e) {
                LOG.debug("a connection was broken already", e);
            }
        }
    }

    @Override
    public void close() {
        try {
            outside.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the wire does not come down", e);
        }
        mend();
        breakAll();
    }
}
