import type { FetchNode } from '@apollo/query-planner'
import { type DocumentNode, GraphQLError, type GraphQLFormattedError } from 'graphql'
import { pathsOf } from '../fetch-paths.js'
import type { SubgraphAnswer, SubgraphClient } from '../subgraph-client.js'
import { entitiesAt, type PlanPath, placesOf, type ResponsePath } from './entities.js'
import { merge } from './merge.js'
import { compileRepresentation } from './representation.js'
import { compileRewrites } from './rewrites.js'
import { type Json, own, type Run, type Step } from './run.js'
import type { TypeTest } from './type-test.js'

/** What the steps of one operation are compiled with. */
export interface Surroundings {
  clients: ReadonlyMap<string, SubgraphClient>
  isOf: TypeTest
  /** The client's operation, for the places of what a failed fetch leaves empty. */
  client: { document: DocumentNode; operationName?: string }
}

/** What an error says that has its place in the data already. */
type Placed = (path: GraphQLFormattedError['path']) => GraphQLFormattedError['path']

/** Compiles a fetch at a plan's path: of fields for the objects there, or of entities for what it requires of them. */
export function compileFetch(node: FetchNode, path: PlanPath, surroundings: Surroundings): Step {
  const fetch = node.requires ? compileEntities(node, path, surroundings) : compileFields(node, path, surroundings)
  return async (run) => {
    const targets = entitiesAt(run.data, path)
    if (targets.length === 0) return
    try {
      await fetch(run, targets)
    } catch (cause) {
      run.errors.push(new GraphQLError((cause as Error).message, { originalError: cause as Error }))
    }
  }
}

function compileFields(node: FetchNode, path: PlanPath, surroundings: Surroundings) {
  const ask = compileQuestion(node, path, surroundings)
  const changeAnswer = compileRewrites(node.outputRewrites, surroundings.isOf)
  return async (run: Run, targets: readonly Json[]): Promise<void> => {
    const { data } = await ask(run, {}, (place) => place && [...path, ...place])
    if (!data) return
    changeAnswer?.(data)
    for (const target of targets) merge(target, data)
  }
}

function compileEntities(node: FetchNode, path: PlanPath, surroundings: Surroundings) {
  const ask = compileQuestion(node, path, surroundings)
  const representationOf = compileRepresentation(node.requires!, surroundings.isOf)
  const changeQuestion = compileRewrites(node.inputRewrites, surroundings.isOf)
  const changeAnswer = compileRewrites(node.outputRewrites, surroundings.isOf)
  return async (run: Run, targets: readonly Json[]): Promise<void> => {
    const representations: Json[] = []
    /** Which target each representation stands for. */
    const asked: number[] = []
    targets.forEach((target, index) => {
      const representation = representationOf(target)
      if (!representation) return
      changeQuestion?.(representation)
      asked.push(index)
      representations.push(representation)
    })
    if (representations.length === 0) return

    let places: readonly ResponsePath[] | undefined
    const { data } = await ask(run, { representations }, (place) => {
      const index = place?.[1]
      if (typeof index !== 'number') return place && [...path, ...place]
      places ??= placesOf(run.data, path)
      return [...(places[asked[index] ?? -1] ?? []), ...place!.slice(2)]
    })
    const entities = (data?._entities ?? []) as (Json | null)[]
    entities.forEach((entity, index) => {
      if (!entity) return
      if (typeof entity !== 'object') throw new Error(`${node.serviceName} gave a ${typeof entity} for an entity.`)
      const target = targets[asked[index]!]!
      if (changeAnswer) {
        entity.__typename ??= target.__typename
        changeAnswer(entity)
      }
      merge(target, entity)
    })
  }
}

/** Compiles the asking itself: the right variables, and errors in the client's terms. */
function compileQuestion(node: FetchNode, path: PlanPath, { clients, client }: Surroundings) {
  const { operation: query, operationName, serviceName, variableUsages = [] } = node
  const subgraph = clients.get(serviceName)
  if (!subgraph) throw new Error(`There is no subgraph ${serviceName}.`)
  return async (
    { variables: given, scope, errors: told }: Run,
    more: Json,
    placed: Placed,
  ): Promise<SubgraphAnswer> => {
    const variables: Json = {}
    for (const name of variableUsages) {
      const value = own(given, name)
      if (value !== undefined) variables[name] = value
    }
    Object.assign(variables, more)
    const holes = () => pathsOf({ query, variables, client: { ...client, at: path } })
    const answer = await subgraph.ask({ query, operationName, variables }, scope, holes)
    for (const { message, path: place, extensions } of answer.errors)
      told.push(new GraphQLError(message, { path: placed(place), extensions: { ...extensions, serviceName } }))
    return answer
  }
}
