import type { AnyEntity, EntityClass } from '@mikro-orm/core'
import type { z } from 'zod'
import type { Diagnosis } from '../diagnosis/finding.js'
import type { Consumer } from '../events/consumer.js'
import type { Job } from '../jobs/job.js'
import type { Translations } from '../messages/messages.js'
import type { Measure } from '../metrics/measure.js'
import type { Ownership, Policy, Rule } from '../policy/policy.js'
import { checkRoutes, type Route } from '../routes/route.js'
import type { SlowTimer, Timer } from '../timers/timer.js'
import type { Context } from './context.js'
import type { QueryCompiler, QueryCompilerOptions } from './query-compiler.js'

/** The key of an entity that another service owns: it is reached here as there. */
export interface Stub {
  type: Function
  read: Rule
  /** Whose the entities of these ids are, in their order; undefined for those that there are none of. */
  ownership(ctx: Context, ids: readonly string[]): Promise<readonly (Ownership | undefined)[]>
  /** Types that hold only entities which the actor reaches, because a query found them so: there they need no look-up, and may be in lists. */
  foundBy?: readonly string[]
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
  /** Who may do and see what. Every root field and every field has its place in one of them. */
  policies?: readonly Policy[]
  /** Entities that other services refer to by their key: the gateway fetches them here, as far as their policy's `read` reaches. */
  references?: readonly EntityClass<AnyEntity>[]
  stubs?: readonly Stub[]
  /** Answers queries in SQL, where it can; without it the resolvers answer all of them. */
  queryCompiler?: (options: QueryCompilerOptions) => QueryCompiler
  consumers?: readonly Consumer[]
  jobs?: readonly Job[]
  /** What it does about an entity when the moment has come; actions set them. */
  timers?: readonly (Timer | SlowTimer)[]
  /** What operators see of its own work in the metrics. */
  measures?: readonly Measure[]
  /** Root fields that answer without a token, such as the customer's own answer to a survey; everything else needs one. */
  publicFields?: readonly string[]
  /** Pages, feeds and files for whoever has their link. */
  routes?: readonly Route[]
  /** What it looks at when an operator asks whether all is well around it. */
  diagnoses?: readonly Diagnosis[]
  /** How its reasons are told in other languages than English. */
  translations?: Translations
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
  const timers = (service.timers ?? []).map(({ name }) => name)
  for (const name of timers) {
    if (timers.indexOf(name) !== timers.lastIndexOf(name)) throw new Error(`timer ${name} is declared twice`)
  }
  checkRoutes(service.routes ?? [])
  return service
}
