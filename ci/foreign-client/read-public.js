// Reads the whole public topic with clients that are not ours: KafkaJS reads Kafka, Confluent's JavaScript client asks the
// registry for the schemas and decodes.
//
//     npm install && node read-public.js CLIENT.properties REGISTRY-URL [LIDVID that must be there]
//
// CLIENT.properties holds Kafka's client settings of the principal public-reader. Exit code 0 if every record was decoded,
// the product was found, and the principal was refused the journal.

import { readFile } from "node:fs/promises";
import { AvroDeserializer, SchemaRegistryClient, SerdeType } from "@confluentinc/schemaregistry";
import kafkajs from "kafkajs";
import lz4 from "lz4js";

const PUBLIC = "halley.public";
const JOURNAL = "halley.journal";
const KINDS = ["announced", "cancelled", "released", "retracted"];
const PATIENCE_MS = 60_000;

// Halley writes LZ4, which KafkaJS leaves to others.
kafkajs.CompressionCodecs[kafkajs.CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (bytes) => Buffer.from(lz4.decompress(bytes)),
});

/** KafkaJS's settings from those of a Java client. */
async function settings(path) {
  const java = new Map();
  for (const line of (await readFile(path, "utf8")).split("\n")) {
    const [, key, value] = /^\s*([^#!=\s][^=\s]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key) {
      java.set(key, value.replace(/\\([:="\\])/g, "$1"));
    }
  }
  const [, username, password] = /username="([^"]+)"\s+password="([^"]+)"/.exec(java.get("sasl.jaas.config"));
  return {
    clientId: "foreign-client",
    brokers: java.get("bootstrap.servers").split(","),
    ssl: java.get("security.protocol") === "SASL_SSL",
    sasl: { mechanism: java.get("sasl.mechanism").toLowerCase(), username, password },
    logLevel: kafkajs.logLevel.WARN,
  };
}

/** The partitions of the public topic that have records. */
async function partitionsToRead(kafka) {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(PUBLIC);
    return new Set(offsets.filter(({ low, high }) => low !== high).map(({ partition }) => partition));
  } finally {
    await admin.disconnect();
  }
}

/** Every committed record of the public topic, up to an end that was one after this began. */
async function readAll(kafka, decode) {
  const unread = await partitionsToRead(kafka);
  if (unread.size === 0) {
    return [];
  }
  const consumer = kafka.consumer({ groupId: "public.foreign-client" });
  const events = [];
  await consumer.connect();
  try {
    await consumer.subscribe({ topic: PUBLIC, fromBeginning: true });
    await new Promise((ended, failed) => {
      setTimeout(() => failed(new Error(`not read within ${PATIENCE_MS} ms`)), PATIENCE_MS).unref();
      // A partition ends with the marker of a transaction, which eachMessage does not get: count batches.
      consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
        if (payload.offsetLag === "0") {
          unread.delete(payload.partition);
        }
        if (unread.size === 0) {
          ended();
        }
      });
      consumer.on(consumer.events.CRASH, ({ payload }) => failed(payload.error));
      consumer
        .run({
          autoCommit: false,
          eachMessage: async ({ message }) => {
            events.push(await decode(message.value));
          },
        })
        .catch(failed);
    });
  } finally {
    await consumer.disconnect();
  }
  return events;
}

/** Whether the principal may not even see the topic. */
async function refused(kafka, topic) {
  const admin = kafka.admin();
  await admin.connect();
  try {
    await admin.fetchTopicMetadata({ topics: [topic] });
    return false;
  } catch (error) {
    if (error.type === "TOPIC_AUTHORIZATION_FAILED") {
      return true;
    }
    throw error;
  } finally {
    await admin.disconnect();
  }
}

async function main(path, registry, wanted) {
  const client = await settings(path);
  const reader = new AvroDeserializer(new SchemaRegistryClient({ baseURLs: [registry] }), SerdeType.VALUE, {});
  const events = await readAll(new kafkajs.Kafka(client), (bytes) => reader.deserialize(PUBLIC, bytes));
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, events.filter((event) => event[kind]).length]));
  console.log(`decoded ${events.length} records of ${PUBLIC}:`, kinds);
  if (wanted && !events.some((event) => event.released && `${event.lid}::${event.vid}` === wanted)) {
    throw new Error(`${wanted} is not among the released products`);
  }
  // KafkaJS would log the refusal, which is wanted, as an error.
  if (!(await refused(new kafkajs.Kafka({ ...client, logLevel: kafkajs.logLevel.NOTHING }), JOURNAL))) {
    throw new Error("the public reader may see the journal");
  }
  console.log("the journal is closed to the public reader, as it should be");
}

if (process.argv.length < 4 || process.argv.length > 5) {
  console.error("usage: node read-public.js CLIENT.properties REGISTRY-URL [LIDVID]");
  process.exit(2);
}
main(...process.argv.slice(2)).then(
  () => process.exit(0),
  (error) => {
    console.error(`failed: ${error.stack ?? error}`);
    process.exit(1);
  },
);
