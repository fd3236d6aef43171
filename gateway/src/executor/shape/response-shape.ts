import type { FieldSelector } from '@clientele/kit'
import {
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationTypeNode,
  type SelectionSetNode,
} from 'graphql'
import { answerTooLargeError } from '../../limits/answer-size.js'
import { type Json, own } from '../run/run-state.js'
import { closeList, closeObject, Text } from '../text/text.js'
import { createLeafTest } from './leaf-test.js'

/** Where the subgraphs' data breaks the schema: a null that is not allowed, a value that is none of its type. */
export interface Fault {
  message: string
  path: readonly (string | number)[]
}

/** Makes the client's answer of what subgraphs gave: a text where a part of it came as text. Throws where a list or an object is needed and something else was given. */
export type ResponseShape = (data: Json) => { data: Json | Text | null; faults: readonly Fault[] }

export interface ShapeOptions {
  schema: GraphQLSchema
  select: FieldSelector
  operation: OperationTypeNode
  sets: readonly SelectionSetNode[]
  /** How many characters the answer may have: entities that stand in several places are written out in each. */
  mostCharacters: number
}

interface Progress {
  path: (string | number)[]
  faults: Fault[]
  /** Characters so far, counted roughly: names, texts, and a few for everything else. */
  characters: number
}

/** Null because of a fault that is told already. */
const faulty = Symbol('faulty')
/** Nothing can stand here: whatever is around becomes null. */
const impossible = Symbol('impossible')

/** Makes the client's value of a subgraph's value. */
type Shape = (value: unknown, progress: Progress) => unknown

interface FieldShape {
  name: string
  /** The name as it is written in JSON. */
  label: string
  shape: Shape
  /** What the value is made of: the field itself, and for an aliased `__typename` the object's own. */
  source: (object: object) => unknown
}

/** Compiles the answer's shape for one operation and one choice of its conditions. What a type needs is compiled when it is first seen. */
export function compileResponseShape({ schema, select, operation, sets, mostCharacters }: ShapeOptions): ResponseShape {
  function compileFields(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Shape {
    const fields = [...select(type, sets)].map(([name, nodes]): FieldShape => {
      const field = nodes[0]!.name.value
      const label = `${JSON.stringify(name)}:`
      if (field === '__typename')
        return { name, label, shape: typenameShape(type), source: (object) => typename(object, name) }
      const fieldType = 'getFields' in type ? type.getFields()[field]?.type : undefined
      if (!fieldType) throw new Error(`${type.name} has no field ${field}.`)
      const inner = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
      const shape = compileType(fieldType, inner, `field ${type.name}.${name}`)
      return { name, label, shape, source: (object) => own(object, name) }
    })
    return (object, progress) => {
      const into: Json = {}
      let hasText = false
      for (const { name, label, shape, source } of fields) {
        const given = source(object as object) ?? null
        progress.characters += label.length + charactersIn(given)
        if (progress.characters > mostCharacters) throw answerTooLargeError(mostCharacters, operation)
        progress.path.push(name)
        const value = given instanceof Text ? given : shape(given, progress)
        progress.path.pop()
        if (value === impossible) return faulty
        if (value instanceof Text) hasText = true
        into[name] = value === faulty ? null : value
      }
      return hasText ? closeObject(into, fields) : into
    }
  }

  function typenameShape(type: GraphQLCompositeType): Shape {
    const usual = isObjectType(type) ? type.name : impossible
    return (value) => {
      if (value === usual || typeof value !== 'string') return usual
      const known = schema.getType(value)
      if (!known) return usual
      return isObjectType(known) ? known.name : impossible
    }
  }

  function compileType(type: GraphQLOutputType, sets: readonly SelectionSetNode[], where: string): Shape {
    if (isNonNullType(type)) return promised(compileType(type.ofType, sets, where), where)
    const shape = isListType(type)
      ? compileList(compileType(type.ofType, sets, `an entry of ${where}`), where)
      : isLeafType(type)
        ? leaf(createLeafTest(type), where)
        : compileObject(getNamedType(type) as GraphQLCompositeType, sets, where)
    return (value, progress) => (value === null ? null : shape(value, progress))
  }

  function compileObject(declared: GraphQLCompositeType, sets: readonly SelectionSetNode[], where: string): Shape {
    const compiled = new Map<string, Shape>()
    return (value, progress) => {
      if (typeof value !== 'object') throw new Error(`A subgraph gave a ${typeof value} for the object of ${where}.`)
      const name = own(value as object, '__typename')
      if (name !== undefined && typeof name !== 'string')
        throw new Error(`A subgraph gave no name for a type, ${where}.`)
      let shape = compiled.get(name ?? '')
      if (!shape) {
        const type = name ? schema.getType(name) : declared
        if (!isCompositeType(type)) return fault(progress, `Invalid __typename found for object at ${where}.`)
        shape = compileFields(type, sets)
        compiled.set(name ?? '', shape)
      }
      return shape(value, progress)
    }
  }

  const shape = compileFields(schema.getRootType(operation)!, sets)
  return (data) => {
    const progress: Progress = { path: [], faults: [], characters: 0 }
    const shaped = shape(data, progress)
    return { data: shaped === faulty ? null : (shaped as Json | Text), faults: progress.faults }
  }
}

function compileList(entry: Shape, where: string): Shape {
  return (value, progress) => {
    if (!Array.isArray(value)) throw new Error(`A subgraph gave a ${typeof value} for the list of ${where}.`)
    let possible = true
    const list = value.map((element, index) => {
      progress.characters += charactersIn(element)
      progress.path.push(index)
      const shaped = entry(element ?? null, progress)
      progress.path.pop()
      if (shaped === impossible) possible = false
      return shaped === faulty ? null : shaped
    })
    return possible ? closeList(list) : faulty
  }
}

const charactersIn = (value: unknown): number =>
  value instanceof Text ? value.text.length : typeof value === 'string' ? value.length + 3 : 2

const leaf =
  (isRight: (value: unknown) => boolean, where: string): Shape =>
  (value, progress) =>
    isRight(value) ? value : fault(progress, `Invalid value found for ${where}.`)

const promised =
  (shape: Shape, where: string): Shape =>
  (value, progress) => {
    const shaped = shape(value, progress)
    if (shaped !== null && shaped !== faulty) return shaped
    if (shaped === null) fault(progress, `Cannot return null for non-nullable ${where}.`)
    return impossible
  }

function fault({ path, faults }: Progress, message: string): typeof faulty {
  faults.push({ message, path: [...path] })
  return faulty
}

const typename = (object: object, name: string) => own(object, name) ?? own(object, '__typename')
