import { serviceFilter } from '@clientele/contracts'
import { AckPolicy, DeliverPolicy, type JetStreamManager, type StreamInfo } from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'
import type pg from 'pg'
import { isId } from '../input/id.js'
import { pull } from './durable.js'
import { outboxDays } from './retention.js'
import { streamName } from './stream.js'

const pageSize = 1_000

interface Recovery {
  service: string
  parts: readonly number[]
  db: Pick<pg.Pool, 'query'>
  jsm: JetStreamManager
  stream: StreamInfo
}

/**
 * Brings the outbox of newly taken partitions in line with the stream before anything is published: what a
 * predecessor published but could not record is marked, and what a lost or recreated stream no longer holds is published again. It reads in
 * pages and remembers how far it has come, so that neither its memory nor a second start grows with the stream.
 */
export const recoverParts = async (recovery: Recovery) => {
  const { db, parts, stream } = recovery
  await db.query(
    `insert into relay_checkpoint (part, stream_created, stream_seq)
     select part, $2, 0 from unnest($1::smallint[]) as part on conflict do nothing`,
    [parts, stream.created],
  )
  await forgetLost(recovery)
  const { rows } = await db.query<{ oldest: string }>(
    'select min(stream_seq) as oldest from relay_checkpoint where part = any($1)',
    [parts],
  )
  await markPublished(recovery, Number(rows[0]?.oldest ?? 0))
}

const forgetLost = async ({ db, parts, stream }: Recovery) => {
  const { rows: lost } = await db.query<{ part: number; kept: string }>(
    `update relay_checkpoint set stream_created = $2,
       stream_seq = case when stream_created = $2 then least(stream_seq, $3) else 0 end
     where part = any($1) and (stream_created <> $2 or stream_seq > $3) returning part, stream_seq as kept`,
    [parts, stream.created, stream.state.last_seq],
  )
  for (const { part, kept } of lost) {
    // What is older would be gone from the outbox, had the housekeeping come by; consumers may have forgotten it.
    await db.query(
      `update outbox set stream_seq = null
       where part = $1 and stream_seq > $2 and created_at > now() - interval '${outboxDays} days'`,
      [part, kept],
    )
  }
}

const markPublished = async ({ db, jsm, service, parts, stream }: Recovery, checkpoint: number) => {
  const last = stream.state.last_seq
  if (checkpoint >= last) return
  for await (const page of pagesFrom(jsm, serviceFilter(service), checkpoint + 1)) {
    const seen = page.flatMap(({ headers, seq }) => {
      const id = headers?.get('Nats-Msg-Id')
      return isId(id) ? [{ id, seq }] : []
    })
    await db.query(
      `update outbox set stream_seq = seen.seq from unnest($1::uuid[], $2::bigint[]) as seen(id, seq)
       where outbox.event_id = seen.id and outbox.part = any($3) and outbox.stream_seq is null`,
      [seen.map(({ id }) => id), seen.map(({ seq }) => seq), parts],
    )
    await remember(db, parts, page.at(-1)?.seq ?? 0)
  }
  await remember(db, parts, last)
}

const remember = (db: Pick<pg.Pool, 'query'>, parts: readonly number[], seq: number) =>
  db.query('update relay_checkpoint set stream_seq = greatest(stream_seq, $2) where part = any($1)', [parts, seq])

/** What the stream holds from there on, without its texts, in pages of at most 1,000. */
async function* pagesFrom(jsm: JetStreamManager, filter: string, startSeq: number) {
  const { name, num_pending } = await jsm.consumers.add(streamName, {
    filter_subject: filter,
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: startSeq,
    headers_only: true,
    inactive_threshold: nanos(30_000),
    mem_storage: true,
  })
  const consumer = await jsm.jetstream().consumers.get(streamName, name)
  try {
    for (let pending = num_pending; pending > 0; ) {
      const page = await pull(consumer, Math.min(pending, pageSize), 5_000)
      const last = page.at(-1)
      if (!last) throw new Error('the stream does not hand out what it holds')
      pending = last.info.pending
      yield page
    }
  } finally {
    await consumer.delete().catch(() => {})
  }
}
