#!/usr/bin/python3
"""Reads the whole public topic with clients that are not ours.

Confluent's Python client (librdkafka) reads Kafka and asks the registry for schemas; Apache Avro's Python library decodes.
Debian has them as python3-confluent-kafka, python3-requests and python3-avro.

    ci/foreign-client.py CLIENT.properties REGISTRY-URL [LIDVID that must be there]

CLIENT.properties holds Kafka's client settings of the principal public-reader. Exit code 0 if every record was decoded, the
product was found, and the principal was refused the journal.
"""

import io
import re
import struct
import sys
from collections import Counter

import avro.io
import avro.schema
from confluent_kafka import Consumer, KafkaException, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient

PUBLIC = "halley.public"
KINDS = ("announced", "cancelled", "released", "retracted")
SECONDS = 20


def settings(path):
    """librdkafka's settings from those of a Java client."""
    java = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            key, separator, value = line.strip().partition("=")
            if separator and not key.startswith("#"):
                java[key.strip()] = value.strip().replace("\\:", ":").replace("\\=", "=").replace('\\"', '"')
    login = re.search(r'username="([^"]+)"\s+password="([^"]+)"', java["sasl.jaas.config"])
    return {
        "bootstrap.servers": java["bootstrap.servers"],
        "security.protocol": java["security.protocol"],
        "sasl.mechanism": java["sasl.mechanism"],
        "sasl.username": login.group(1),
        "sasl.password": login.group(2),
        "group.id": "public.foreign-client",
        "isolation.level": "read_committed",
        "enable.auto.commit": False,
        "auto.offset.reset": "earliest",
        "enable.partition.eof": True,
    }


def decoder(registry):
    """A function from the bytes of a record in Confluent's wire format to a dictionary."""
    readers = {}

    def decode(value):
        magic, schema_id = struct.unpack(">bI", value[:5])
        if magic != 0:
            raise ValueError("not Confluent's wire format")
        if schema_id not in readers:
            text = registry.get_schema(schema_id).schema_str
            readers[schema_id] = avro.io.DatumReader(avro.schema.parse(text))
        return readers[schema_id].read(avro.io.BinaryDecoder(io.BytesIO(value[5:])))

    return decode


def read_all(config, decode):
    """Every committed record of the public topic, to the end as it is now."""
    consumer = Consumer(config)
    partitions = [
        TopicPartition(PUBLIC, number, 0)
        for number in consumer.list_topics(PUBLIC, timeout=SECONDS).topics[PUBLIC].partitions
    ]
    consumer.assign(partitions)
    events, ended = [], set()
    while len(ended) < len(partitions):
        message = consumer.poll(SECONDS)
        if message is None:
            raise TimeoutError(f"nothing came for {SECONDS} s")
        if message.error():
            if message.error().name() != "_PARTITION_EOF":
                raise KafkaException(message.error())
            ended.add(message.partition())
        else:
            events.append(decode(message.value()))
    consumer.close()
    return events


def refused(config, topic):
    """Whether the principal may not even see the topic."""
    consumer = Consumer(config)
    error = consumer.list_topics(topic, timeout=SECONDS).topics[topic].error
    consumer.close()
    return error is not None and error.name() in ("TOPIC_AUTHORIZATION_FAILED", "UNKNOWN_TOPIC_OR_PART")


def main(path, registry_url, wanted=None):
    config = settings(path)
    events = read_all(config, decoder(SchemaRegistryClient({"url": registry_url})))
    kinds = Counter(next(kind for kind in KINDS if event[kind] is not None) for event in events)
    print(f"decoded {len(events)} records of {PUBLIC}: {dict(kinds)}")
    if wanted and not any(f"{event['lid']}::{event['vid']}" == wanted and event["released"] for event in events):
        return f"{wanted} is not among the released products"
    if not refused(config, "halley.journal"):
        return "the public reader may see the journal"
    print("the journal is closed to the public reader, as it should be")
    return None


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
