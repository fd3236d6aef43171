import type { AnyEntity, EntityClass } from '@mikro-orm/core'
import type { z } from 'zod'
import type { Consumer } from './consumer.js'
import type { Job } from './job.js'
import type { Policy } from './policy.js'

/** An entity that other services refer to by its key: the gateway fetches it here, as far as `read` permits. */
export interface Reference {
  entity: EntityClass<AnyEntity>
  read: Policy
}

/** A service as a value: what it stores, answers, reacts to and does by itself. */
export interface Service {
  /** Name of subgraph, database and event publisher: lower-case letters. */
  name: string
  /** Folder of the service's `*.sql` migrations. */
  migrations: URL
  entities: readonly EntityClass<AnyEntity>[]
  /** type-graphql resolver classes, without state. */
  resolvers: readonly Function[]
  /** Types that no field of this service returns: stubs of foreign entities, implementations of interfaces. */
  orphanedTypes?: readonly Function[]
  references?: readonly Reference[]
  consumers?: readonly Consumer[]
  jobs?: readonly Job[]
  /** Root fields that answer without a token, such as the customer's own answer to a survey; everything else needs one. */
  publicFields?: readonly string[]
  /** The service's own settings, beside those that every service has: environment names and their rules. */
  config?: z.ZodObject
}

/** Checks a service's declaration and returns it. */
export const defineService = (service: Service): Service => {
  if (!/^[a-z]+$/.test(service.name)) throw new Error(`service name ${service.name}: lower-case letters only`)
  const names = (service.consumers ?? []).map(({ name }) => name)
  for (const name of names) {
    if (!name.startsWith(`${service.name}-`)) throw new Error(`consumer ${name}: its name starts with ${service.name}-`)
    if (names.indexOf(name) !== names.lastIndexOf(name)) throw new Error(`consumer ${name} is declared twice`)
  }
  return service
}
