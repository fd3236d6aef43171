import type { FetchNode } from '@apollo/query-planner'
import { GraphQLError } from 'graphql'
import { entitiesAt, type PlanPath, placesOf, type ResponsePath } from './entities.js'
import { guessed } from './guess.js'
import { merge } from './merge.js'
import { compileQuestion, type Placed, type Surroundings } from './question.js'
import { compileRepresentation } from './representation.js'
import { compileRewrites } from './rewrites.js'
import type { Json, Run, Step } from './run.js'

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
  const { ask } = compileQuestion(node, path, surroundings)
  const changeAnswer = compileRewrites(node.outputRewrites, surroundings.isOf)
  return async (run: Run, targets: readonly Json[]): Promise<void> => {
    const data = await ask(run, {}, (place) => place && [...path, ...place])
    if (!data) return
    changeAnswer?.(data)
    for (const target of targets) merge(target, data)
  }
}

function compileEntities(node: FetchNode, path: PlanPath, surroundings: Surroundings) {
  const { ask } = compileQuestion(node, path, surroundings)
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
    const placed: Placed = (place) => {
      const index = place?.[1]
      if (typeof index !== 'number') return place && [...path, ...place]
      places ??= placesOf(run.data, path)
      return [...(places[asked[index] ?? -1] ?? []), ...place!.slice(2)]
    }
    const data = await ask(run, { representations }, placed, await guessed(run, node, representations))
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
