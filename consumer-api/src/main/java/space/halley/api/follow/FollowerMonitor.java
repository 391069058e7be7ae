package space.halley.api.follow;

/** Tells how far the follower is. Any thread may ask. */
@FunctionalInterface
public interface FollowerMonitor {
    FollowerStatus status();
}
