import type { EntityManager, EntityName } from '@mikro-orm/postgresql'
import DataLoader from 'dataloader'
import { isId } from '../input/id.js'
import type { EntityRecord } from '../postgres/record.js'

/** Look-ups of one request, gathered per tick into one statement each. */
export interface Loaders {
  /** The entity of this id, or null where there is none in the actor's access scope; one statement per entity type, however many are asked for. */
  byId<T extends object>(entity: EntityName<T>, id: string): Promise<T | null>
  /** A batch function of the caller's own: `load` gets every key that one tick asked for under `name`, and answers in their order. */
  batch<K, V>(name: string, key: K, load: (em: EntityManager, keys: readonly K[]) => Promise<readonly V[]>): Promise<V>
}

/** `unreached` is told of the ids that were not found. */
export const createLoaders = (
  em: EntityManager,
  unreached: (entity: EntityName<object>, ids: readonly string[]) => Promise<void>,
): Loaders => {
  const loaders = new Map<unknown, DataLoader<unknown, unknown>>()
  const loaderOf = (name: unknown, load: (keys: readonly unknown[]) => Promise<readonly unknown[]>) => {
    let loader = loaders.get(name)
    if (!loader) {
      loader = new DataLoader(async (keys) => [...(await load(keys))], { maxBatchSize: 1_000 })
      loaders.set(name, loader)
    }
    return loader
  }
  return {
    byId: (entity, id) =>
      loaderOf(entity, async (ids) => {
        const found = await em.find(entity, { id: { $in: ids.filter(isId) } } as never)
        const byId = new Map(found.map((one) => [(one as unknown as EntityRecord).id, one]))
        await unreached(
          entity as never,
          ids.filter(isId).filter((id) => !byId.has(id.toLowerCase())),
        )
        return ids.map((wanted) => byId.get(String(wanted).toLowerCase()) ?? null)
      }).load(id) as never,
    batch: (name, key, load) => loaderOf(name, (keys) => load(em, keys as never)).load(key) as never,
  }
}
