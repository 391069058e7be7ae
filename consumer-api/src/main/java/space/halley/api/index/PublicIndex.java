package space.halley.api.index;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.BooleanSimilarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import space.halley.api.catalogue.CatalogueFold;
import space.halley.api.catalogue.LogRecord;
import space.halley.api.catalogue.ProductDetail;

/**
 * The writing side of the index. One thread owns it: the follower's. What it applies is seen by readers after
 * {@link #publish}, and is still there after a crash from the last {@link #commit} on; both are for whole batches with
 * their place in the log.
 */
public final class PublicIndex implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(PublicIndex.class);

    /** Raised when the documents change: an index of another format is built again. */
    static final String FORMAT = "2";

    private static final String FORMAT_KEY = "halley.format";
    private static final String LOG_ID_KEY = "halley.log";
    private static final String POSITION_KEY = "halley.position";
    private static final String SEQUENCE_KEY = "halley.sequence";
    /** Below this size all files' checksums are compared at start; it takes about a tenth of a second. */
    private static final long CHECKED_BYTES = 256L << 20;

    private final Directory directory;
    private final IndexWriter writer;
    private final IndexSnapshots snapshots;
    private final String logId;
    private Position position;
    private long sequence;
    private DirectoryReader reader;
    private boolean uncommitted;
    private @Nullable IndexSnapshot published;

    private PublicIndex(Directory directory, IndexWriter writer, IndexSnapshots snapshots, String logId)
            throws IOException {
        this.directory = directory;
        this.writer = writer;
        this.snapshots = snapshots;
        this.logId = logId;
        var before = userData(writer);
        if (logId.equals(before.get(LOG_ID_KEY)) && FORMAT.equals(before.get(FORMAT_KEY))) {
            position = Position.parse(before.getOrDefault(POSITION_KEY, ""));
            sequence = Long.parseLong(before.getOrDefault(SEQUENCE_KEY, "0"));
        } else {
            if (!before.isEmpty()) {
                LOG.atInfo().log("The index was built from another log or by another version; it is built again");
            }
            writer.deleteAll();
            position = Position.BEGINNING;
        }
        reader = DirectoryReader.open(writer);
    }

    /**
     * Opens the index in a folder, or begins it. One that is damaged is moved aside and begun again.
     *
     * @param logId the identity of the public log; an index that was built from another log is emptied
     * @throws IOException if the folder cannot be used
     */
    public static PublicIndex open(Path folder, String logId, IndexSnapshots snapshots) throws IOException {
        try {
            Files.createDirectories(folder);
            return openChecked(folder, logId, snapshots);
        } catch (LockObtainFailedException e) {
            throw new IOException(
                    "another process uses the index in " + folder
                            + "; give every instance a data folder of its own or stop the other one",
                    e);
        } catch (CorruptIndexException
                | IndexFormatTooOldException
                | IndexFormatTooNewException
                | EOFException
                | FileNotFoundException
                | NoSuchFileException
                | IllegalArgumentException e) {
            var aside = folder.resolveSibling(folder.getFileName() + ".damaged");
            delete(aside);
            Files.move(folder, aside);
            LOG.atWarn()
                    .addKeyValue("index", folder)
                    .addKeyValue("movedTo", aside)
                    .setCause(e)
                    .log("The index is damaged; it is moved aside and built again from the public log");
            Files.createDirectories(folder);
            return openChecked(folder, logId, snapshots);
        }
    }

    /** Reads the last commit of an index, which another process may be writing. */
    public static <T> T readCommitted(Path folder, IndexSnapshots.Reading<T> reading) throws IOException {
        try (var directory = FSDirectory.open(folder);
                var reader = DirectoryReader.open(directory)) {
            var data = reader.getIndexCommit().getUserData();
            return reading.from(new IndexSnapshot(
                    reader, data.getOrDefault(LOG_ID_KEY, ""), Position.parse(data.getOrDefault(POSITION_KEY, ""))));
        }
    }

    /** The place in the log behind everything that was applied. */
    public Position position() {
        return position;
    }

    /**
     * Takes records of the log, of each partition in its order, and the place behind them, which may lie further than
     * the last record because of commit markers.
     */
    public void apply(List<LogRecord> records, Position after) throws IOException {
        var pending = new HashMap<String, Optional<ProductDetail>>();
        for (var logged : records) {
            if (logged.offset() < position.next(logged.partition())) {
                throw new IllegalStateException("offset " + logged.offset() + " of partition " + logged.partition()
                        + " was applied before; the position is " + position);
            }
            var id = logged.event().id().toString();
            var before = pending.containsKey(id) ? pending.get(id) : known(id);
            var step = CatalogueFold.apply(before == null ? Optional.empty() : before, logged);
            var names = step.subject()
                    .map(subject -> Names.of(subject.references()))
                    .orElse(Map.of());
            var key = new Term(Fields.KEY, id);
            if (step.after().isPresent()) {
                writer.updateDocument(
                        key, CatalogueDocuments.ofProduct(step.after().get(), names));
            } else {
                writer.deleteDocuments(key);
            }
            writer.addDocument(CatalogueDocuments.ofEvent(logged, step, names, ++sequence));
            pending.put(id, step.after());
            position = position.after(logged.partition(), logged.offset());
            uncommitted = true;
        }
        uncommitted |= !position.reaches(after);
        position = position.later(after);
        if (!pending.isEmpty()) {
            refresh();
        }
    }

    /** Forgets everything, to begin again at the beginning of the same log. */
    public void clear() throws IOException {
        writer.deleteAll();
        position = Position.BEGINNING;
        sequence = 0;
        uncommitted = true;
        refresh();
    }

    /** Shows readers everything that was applied. */
    public void publish() throws IOException {
        if (published != null
                && published.reader().equals(reader)
                && published.position().equals(position)) {
            return;
        }
        reader.incRef();
        published = new IndexSnapshot(reader, logId, position);
        snapshots.publish(published);
    }

    /** Writes to disk everything that was applied, with its place, if there is anything new. */
    public void commit() throws IOException {
        if (!uncommitted) {
            return;
        }
        writer.setLiveCommitData(Map.of(
                        FORMAT_KEY,
                        FORMAT,
                        LOG_ID_KEY,
                        logId,
                        POSITION_KEY,
                        position.toString(),
                        SEQUENCE_KEY,
                        Long.toString(sequence))
                .entrySet());
        writer.commit();
        uncommitted = false;
    }

    /** Closes without writing: what was not committed is taken from the log again. */
    @Override
    public void close() throws IOException {
        try (directory) {
            writer.rollback();
        } finally {
            reader.close();
        }
    }

    private void refresh() throws IOException {
        var newer = DirectoryReader.openIfChanged(reader, writer);
        if (newer != null) {
            var before = reader;
            reader = newer;
            before.decRef();
        }
    }

    private Optional<ProductDetail> known(String lidvid) throws IOException {
        return new ProductLookup(new IndexSearcher(reader)).byLidvid(lidvid);
    }

    private static PublicIndex openChecked(Path folder, String logId, IndexSnapshots snapshots) throws IOException {
        var directory = FSDirectory.open(folder);
        try {
            check(directory);
            var config = new IndexWriterConfig(new CatalogueAnalyzer())
                    .setSimilarity(new BooleanSimilarity())
                    .setCommitOnClose(false);
            return new PublicIndex(directory, new IndexWriter(directory, config), snapshots, logId);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static void check(Directory directory) throws IOException {
        if (!DirectoryReader.indexExists(directory) || size(directory) > CHECKED_BYTES) {
            return;
        }
        try (var reader = DirectoryReader.open(directory)) {
            for (var leaf : reader.leaves()) {
                if (leaf.reader() instanceof CodecReader segment) {
                    segment.checkIntegrity();
                }
            }
        }
    }

    private static long size(Directory directory) throws IOException {
        long size = 0;
        for (var file : directory.listAll()) {
            size += directory.fileLength(file);
        }
        return size;
    }

    private static Map<String, String> userData(IndexWriter writer) {
        var data = new HashMap<String, String>();
        var live = writer.getLiveCommitData();
        if (live != null) {
            live.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        return data;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var paths = Files.walk(folder)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
