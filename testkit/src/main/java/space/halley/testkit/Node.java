package space.halley.testkit;

/** One broker and controller of a cluster. */
interface Node {

    /** The address of the broker. */
    String address();

    /** Nodes of one cluster start at the same time, because each waits for a majority. Does nothing if it is started. */
    void beginStart();

    /** Returns when it serves. */
    void endStart();

    /** Nodes of one cluster that all stop do so at the same time. Does nothing if it is stopped. */
    void beginStop();

    /** Returns when it has stopped. */
    void endStop();

    /** Ends it without its doing. */
    void kill();
}
