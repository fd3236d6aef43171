import type { EntityManager } from '@mikro-orm/postgresql'

/** What goes wrong where the example fails on purpose; tests put something else in its place. */
export const fault = {
  cause: (_em: EntityManager): unknown => {
    throw new TypeError('secret detail')
  },
}
