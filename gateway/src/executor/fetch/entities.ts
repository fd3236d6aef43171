import { type Json, own } from '../run/run-state.js'

/** A plan's path: names of fields, and `@` for every entry of a list. */
export type PlanPath = readonly string[]
export type ResponsePath = readonly (string | number)[]

type Found = (entity: Json, at: ResponsePath) => void

/** The objects at a plan's path, in order; nulls are passed over. Throws where the data has a list for an object, or the reverse. */
export function entitiesAt(data: Json, path: PlanPath): Json[] {
  const found: Json[] = []
  collect(data, path, 0, found)
  return found
}

function collect(value: unknown, path: PlanPath, depth: number, found: Json[]): void {
  if (value === null || value === undefined) return
  const step = path[depth]
  if (step === undefined) found.push(value as Json)
  else if (step === '@') for (const entry of listOf(value)) collect(entry, path, depth + 1, found)
  else collect(fieldOf(value, step), path, depth + 1, found)
}

/** Where the objects at a plan's path are in the answer, in the same order. */
export function pathsOfEntities(data: Json, path: PlanPath): ResponsePath[] {
  const paths: ResponsePath[] = []
  walk(data, path, [], (_, at) => paths.push(at))
  return paths
}

function walk(value: unknown, [step, ...rest]: PlanPath, at: ResponsePath, found: Found): void {
  if (value === null || value === undefined) return
  if (step === undefined) found(value as Json, at)
  else if (step === '@')
    listOf(value).forEach((entry, index) => {
      walk(entry, rest, [...at, index], found)
    })
  else walk(fieldOf(value, step), rest, [...at, step], found)
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new Error(`A subgraph answered with ${typeof value} instead of a list.`)
}

function fieldOf(value: unknown, name: string): unknown {
  if (Array.isArray(value)) throw new Error(`A subgraph answered with a list instead of an object with ${name}.`)
  return own(value as object, name)
}
