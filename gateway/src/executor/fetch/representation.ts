import type { QueryPlanSelectionNode } from '@apollo/query-planner'
import type { TypeTest } from '../plan/type-test.js'
import { type Json, own } from '../run/run-state.js'
import { merge } from './merge.js'

/** What a fetch has to send of an entity; null where the entity lacks a part of it, or is not of the right type. */
export type Representation = (entity: Json) => Json | null

type Part = (entity: Json, into: Json) => boolean

/** Compiles what a fetch requires. What is null in the entity is null in its representation. */
export function compileRepresentation(requires: readonly QueryPlanSelectionNode[], isOf: TypeTest): Representation {
  const select = compileSelection(requires, isOf)
  return (entity) => {
    const representation = select(entity)
    return representation?.__typename ? representation : null
  }
}

function compileSelection(selections: readonly QueryPlanSelectionNode[], isOf: TypeTest): Representation {
  const parts = selections.map((selection) => compilePart(selection, isOf))
  return (entity) => {
    const into: Json = {}
    return parts.every((part) => part(entity, into)) ? into : null
  }
}

function compilePart(selection: QueryPlanSelectionNode, isOf: TypeTest): Part {
  if (selection.kind === 'InlineFragment') {
    const { typeCondition, selections } = selection
    if (!typeCondition) return () => true
    const select = compileSelection(selections, isOf)
    return (entity, into) => {
      const typename = own(entity, '__typename')
      const selected = typename && isOf(typename as string, typeCondition) ? select(entity) : null
      if (selected) merge(into, selected)
      return true
    }
  }
  const name = selection.alias ?? selection.name
  const select = selection.selections && compileSelection(selection.selections, isOf)
  const partOf = (value: unknown) => (select && value !== null ? select(value as Json) : value)
  return (entity, into) => {
    const value = own(entity, name)
    if (value === undefined) return false
    into[name] = Array.isArray(value) ? value.map(partOf) : partOf(value)
    return true
  }
}
