import type { FetchNode } from '@apollo/query-planner'
import { GraphQLError } from 'graphql'
import type { Json, Run, Step } from '../run/run-state.js'
import { entitiesAt, type PlanPath, pathsOfEntities, type ResponsePath } from './entities.js'
import { merge } from './merge.js'
import { compileRepresentation } from './representation.js'
import { compileRewrites } from './rewrites.js'
import { speculativeResponse } from './speculative-fetch.js'
import { compileSubgraphFetch, type Surroundings, type ToClientPath } from './subgraph-fetch.js'

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
  const { fetch } = compileSubgraphFetch(node, path, surroundings)
  const changeAnswer = compileRewrites(node.outputRewrites, surroundings.isOf)
  return async (run: Run, targets: readonly Json[]): Promise<void> => {
    const data = await fetch(run, {}, (given) => given && [...path, ...given])
    if (!data) return
    changeAnswer?.(data)
    for (const target of targets) merge(target, data)
  }
}

function compileEntities(node: FetchNode, path: PlanPath, surroundings: Surroundings) {
  const { fetch } = compileSubgraphFetch(node, path, surroundings)
  const representationOf = compileRepresentation(node.requires!, surroundings.isOf)
  const changeRepresentation = compileRewrites(node.inputRewrites, surroundings.isOf)
  const changeAnswer = compileRewrites(node.outputRewrites, surroundings.isOf)
  return async (run: Run, targets: readonly Json[]): Promise<void> => {
    const representations: Json[] = []
    /** Which target each representation stands for. */
    const indexes: number[] = []
    targets.forEach((target, index) => {
      const representation = representationOf(target)
      if (!representation) return
      changeRepresentation?.(representation)
      indexes.push(index)
      representations.push(representation)
    })
    if (representations.length === 0) return

    let paths: readonly ResponsePath[] | undefined
    const toClientPath: ToClientPath = (given) => {
      const index = given?.[1]
      if (typeof index !== 'number') return given && [...path, ...given]
      paths ??= pathsOfEntities(run.data, path)
      return [...(paths[indexes[index] ?? -1] ?? []), ...given!.slice(2)]
    }
    const data = await fetch(
      run,
      { representations },
      toClientPath,
      await speculativeResponse(run, node, representations),
    )
    const entities = (data?._entities ?? []) as (Json | null)[]
    entities.forEach((entity, index) => {
      if (!entity) return
      if (typeof entity !== 'object') throw new Error(`${node.serviceName} gave a ${typeof entity} for an entity.`)
      const target = targets[indexes[index]!]!
      if (changeAnswer) {
        entity.__typename ??= target.__typename
        changeAnswer(entity)
      }
      merge(target, entity)
    })
  }
}
