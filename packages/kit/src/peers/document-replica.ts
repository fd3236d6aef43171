import type { EventData, EventType } from '@clientele/contracts'
import { type Consumer, consumeBatch } from '../events/consumer.js'
import type { Context, Transaction } from '../service/context.js'

/** Which documents of another service are replicated. */
export interface DocumentReplicaOptions {
  /** What one of them is called in the table of replicas. */
  concept: string
  /** The service that is asked for those whose events have not arrived yet; its query answers `found`: one of them, all, or null for none. */
  owner: { service: string; query: string }
  /** The owner's events, each of which carries the whole document. */
  events: readonly EventType[]
}

/**
 * A local replica of what another service has settled for each tenant: few documents, each known whole, such as settings and calendars. Kept by
 * the owner's events, and by asking the owner for what is not known yet.
 */
export const documentReplica = <T extends EventData>({ concept, owner, events }: DocumentReplicaOptions) => {
  const known = async ({ em }: Pick<Context, 'em'>) =>
    (
      await em.execute<{ document: T }[]>('select document from replicated_document where concept = ? order by id', [
        concept,
      ])
    ).map(({ document }) => document)

  /** Keeps what is newer than what is known; of several versions of one document the newest. */
  const keep = async (tx: Transaction, documents: readonly T[]) => {
    await tx.em.execute(
      `insert into replicated_document as known (concept, id, version, document)
       select distinct on (id) ?, id, version, document
       from jsonb_array_elements(?::jsonb) as document, jsonb_to_record(document) as one (id uuid, version int)
       order by id, version desc
       on conflict (tenant, concept, id) do update set version = excluded.version, document = excluded.document
       where known.version < excluded.version`,
      [concept, JSON.stringify(documents)],
    )
  }

  return {
    keep,
    /** All that are known here, without asking. */
    known,
    /**
     * The document that this holds for, known or asked for; undefined where the owner has none. Throws UNAVAILABLE where it is not known and its
     * owner cannot be asked.
     */
    find: async (tx: Transaction, isWanted: (document: T) => boolean = () => true): Promise<T | undefined> => {
      const here = (await known(tx)).find(isWanted)
      if (here) return here
      const { found } = await tx.ask<{ found: T | readonly T[] | null }>(owner.service, owner.query)
      const told = [found ?? []].flat() as readonly T[]
      if (told.length) await keep(tx, told)
      return (await known(tx)).find(isWanted)
    },
    consumer: (name: string): Consumer =>
      consumeBatch(name, events, (tx, batch) =>
        keep(
          tx,
          batch.map(({ data }) => data as unknown as T),
        ),
      ),
  }
}
