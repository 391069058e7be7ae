package space.halley.launcher.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which one installation keeps everything: the broker's log, the registry's database, state, secrets and
 * logs. While it is open, it is locked against every other process.
 *
 * <p>Not safe for use by several threads, apart from the paths, which never change.
 */
public final class DataFolder implements AutoCloseable {
    private static final String LOCK = "halley.lock";
    private static final String PROBE = "halley.probe";
    private static final Set<String> OURS_WITHOUT_MARKER = Set.of(LOCK, PROBE, Marker.FILE + ".new");
    private static final long NEEDED_BYTES = 400L << 20;

    private final Path root;
    private final FileChannel lockFile;
    private final FileLock lock;
    private Marker marker;

    /** Ends the programs that still run on a folder. */
    @FunctionalInterface
    public interface Ending {
        void end(Path root) throws InterruptedException;
    }

    private DataFolder(Path root, FileChannel lockFile, FileLock lock, Marker marker) {
        this.root = root;
        this.lockFile = lockFile;
        this.lock = lock;
        this.marker = marker;
    }

    /**
     * Takes a folder for a run: makes it if it is missing, checks that it is Halley's or empty, that it can be written
     * and that there is room, and locks it.
     *
     * @param fresh delete what is in it first, which is done only if it carries the marker
     * @param leftovers ends what an earlier run left behind; asked before anything is deleted, because those programs still
     *     write into the folder, and what is known of them is in it
     * @param clusterIds makes the id of a new Kafka cluster
     * @throws LauncherException if the folder cannot be used, saying why
     */
    public static DataFolder open(Path folder, boolean fresh, Ending leftovers, Supplier<String> clusterIds)
            throws InterruptedException {
        var root = folder.toAbsolutePath().normalize();
        try {
            create(root);
            // A link to a folder stands for the folder.
            root = root.toRealPath();
            var hasMarker = Files.isRegularFile(root.resolve(Marker.FILE), LinkOption.NOFOLLOW_LINKS);
            if (!hasMarker && !isEmpty(root)) {
                throw new LauncherException(
                        root + " holds files that are not Halley's: it is not empty and has no " + Marker.FILE + ".",
                        "Choose an empty folder, or one that does not exist yet, with --data FOLDER. Nothing was changed.");
            }
            checkRoom(root);
            var lockFile = FileChannel.open(
                    root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            var locked = false;
            try {
                var lock = tryLock(lockFile, root);
                leftovers.end(root);
                if (fresh && hasMarker) {
                    empty(root);
                }
                var marker =
                        hasMarker && !fresh ? Marker.read(root) : new Marker(clusterIds.get(), Map.of(), false, false);
                checkWritable(root);
                marker.write(root);
                locked = true;
                return new DataFolder(root, lockFile, lock, marker);
            } finally {
                if (!locked) {
                    lockFile.close();
                }
            }
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /** The folder of an installation that another process may be running, to look at; nothing is locked or made. */
    public static Optional<Path> existing(Path folder) {
        var root = folder.toAbsolutePath().normalize();
        return Files.isRegularFile(root.resolve(Marker.FILE)) ? Optional.of(root) : Optional.empty();
    }

    public Path root() {
        return root;
    }

    public Marker marker() {
        return marker;
    }

    public void remember(Marker changed) {
        try {
            changed.write(root);
            marker = changed;
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /** A folder inside, made if missing, open to the user alone. */
    public Path folder(String name) {
        var folder = root.resolve(name);
        try {
            create(folder);
            return folder;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Deletes a folder inside and all that is in it, and makes it again. For what is only needed during a run. */
    public Path emptyFolder(String name) {
        var folder = folder(name);
        try {
            empty(folder);
            return folder;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }

    /** Says what a failed access to a folder means and what helps. */
    public static LauncherException unusable(Path folder, IOException e) {
        var text = String.valueOf(e.getMessage());
        if (text.contains("No space left") || text.contains("quota")) {
            return new LauncherException(
                    "The disk that holds " + folder + " is full.",
                    "Free some space, or choose a folder on another disk with --data FOLDER.",
                    e);
        }
        if (e instanceof AccessDeniedException || text.contains("Read-only") || text.contains("Permission denied")) {
            return new LauncherException(
                    "The data folder " + folder + " cannot be written (" + reason(e) + ").",
                    "Make it writable for you, or choose another one with --data FOLDER.",
                    e);
        }
        return new LauncherException(
                "The data folder " + folder + " cannot be used: " + e + ".",
                "Choose another one with --data FOLDER.",
                e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        var reason = e instanceof FileSystemException system ? system.getReason() : null;
        return reason == null ? String.valueOf(e.getMessage()) : reason;
    }

    /** Makes a folder that only the user can enter, if it does not exist. */
    public static void createPrivately(Path folder) {
        try {
            create(folder);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (Files.exists(folder)) {
            throw new LauncherException(folder + " is a file, not a folder.", "Choose a folder with --data FOLDER.");
        }
        var parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(folder);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.allMatch(entry -> OURS_WITHOUT_MARKER.contains(String.valueOf(entry.getFileName())));
        }
    }

    private static void checkRoom(Path root) throws IOException {
        var free = Files.getFileStore(root).getUsableSpace();
        if (free < NEEDED_BYTES) {
            throw new LauncherException(
                    "The disk that holds " + root + " is almost full: " + (free >> 20) + " MB are free and "
                            + (NEEDED_BYTES >> 20) + " MB are needed.",
                    "Free some space, or choose a folder on another disk with --data FOLDER.");
        }
    }

    private static void checkWritable(Path root) throws IOException {
        var probe = root.resolve(PROBE);
        try (var channel = FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(4096));
            channel.force(true);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static FileLock tryLock(FileChannel lockFile, Path root) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new AlreadyRunningException(root);
        }
        return lock;
    }

    /** Deletes what is inside, links themselves and not what they point to; the lock stays, it is in use. */
    private static void empty(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(root.resolve(LOCK))) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                if (!folder.equals(root)) {
                    Files.delete(folder);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
