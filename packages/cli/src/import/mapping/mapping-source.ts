import { suggestion } from '@clientele/kit/client'
import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml'
import { leafValue } from './leaf.js'
import type { MappingFaults } from './mapping-fault.js'
import { argumentOf, isNothing, textOf } from './mapping-text.js'
import type { Target } from './target.js'
import type { CellTemplate, Template } from './template.js'
import { CellFault, type Transform, TransformFault, transformNames, transformOf } from './transforms.js'

/** What a mapping is compiled against. */
export interface CompilerContext {
  /** Columns of the file, in its order. */
  header: readonly string[]
  faults: MappingFaults
}

const nothing: Template = { kind: 'constant', value: null }
const sourceKeys = ['column', 'transform', 'default', 'split']

/** Whether a node says where one value comes from. */
export const isSource = (node: unknown): node is YAMLMap => isMap(node) && (node.has('column') || node.has('constant'))

/** Compiles `{ column: … }` or `{ constant: … }`. */
export const compileSource = (node: YAMLMap, target: Target, ctx: CompilerContext, path: string): Template => {
  const constant = node.get('constant', true) as Node | undefined
  checkKeys(node, constant ? ['constant'] : sourceKeys, ctx.faults, path)
  const split = node.get('split', true) as Node | undefined
  if (target.fields || target.item?.fields || (target.item && split === undefined)) {
    const message = target.item ? 'takes a list, or a column with split' : 'has fields of its own'
    ctx.faults.add(node, path, 'wrong_shape', message)
    return nothing
  }
  if (isScalar(constant)) return compileConstant(constant, target, ctx, path)
  const column = node.get('column', true) as Scalar | undefined
  if (!isScalar(column)) {
    ctx.faults.add(constant ?? node, path, 'wrong_shape', 'takes one value')
    return nothing
  }
  const template: CellTemplate = {
    kind: 'cell',
    column: textOf(column),
    index: columnIndex(column, ctx, path),
    transforms: compileTransforms(node.get('transform', true) as Node | undefined, target, ctx, path),
    target,
  }
  const separator = split && neededText(split, 'split', ctx, path)
  if (separator !== undefined) template.split = separator
  const fallback = node.get('default', true) as Node | undefined
  const text = fallback && neededText(fallback, 'default', ctx, path)
  if (text !== undefined) template.default = text
  return template
}

const neededText = (node: Node, name: string, ctx: CompilerContext, path: string): string | undefined => {
  if (isScalar(node) && !isNothing(node) && textOf(node)) return textOf(node)
  const reason = isScalar(node) ? `bad_${name}` : 'wrong_shape'
  ctx.faults.add(node, `${path}.${name}`, reason, `${name} takes a text: without one, leave it out`)
  return undefined
}

/** Reports keys of a node that have no meaning in it. */
export const checkKeys = (node: YAMLMap, allowed: readonly string[], faults: MappingFaults, path: string) => {
  for (const { key } of node.items as { key: Scalar }[]) {
    const name = textOf(key)
    if (allowed.includes(name)) continue
    const hint = suggestion(name, allowed) || `; there is ${allowed.join(', ')}`
    faults.add(key, path ? `${path}.${name}` : name, 'unknown_key', `there is no key "${name}" here${hint}`)
  }
}

/** Compiles a value that is the same for every row. */
export const compileConstant = (node: Scalar, target: Target, ctx: CompilerContext, path: string): Template => {
  if (isNothing(node)) {
    ctx.faults.add(node, path, 'bad_constant', 'an empty constant says nothing: leave the field out')
    return nothing
  }
  try {
    return { kind: 'constant', value: leafValue(textOf(node), target) }
  } catch (error) {
    if (!(error instanceof CellFault)) throw error
    ctx.faults.add(node, path, 'bad_constant', `"${node.value}" ${error.message}`)
    return nothing
  }
}

/** Position of a column in the file. */
export const columnIndex = (node: Scalar, { header, faults }: CompilerContext, path: string): number => {
  const column = textOf(node)
  const index = header.indexOf(column)
  if (index < 0) {
    faults.add(node, path, 'unknown_column', `the file has no column "${column}"${suggestion(column, header)}`)
  } else if (header.lastIndexOf(column) !== index) {
    faults.add(node, path, 'ambiguous_column', `the file has several columns "${column}"`)
  }
  return index
}

const compileTransforms = (node: Node | undefined, target: Target, ctx: CompilerContext, path: string): Transform[] => {
  if (!node) return []
  const list = isSeq(node) ? (node.items as Node[]) : [node]
  return list.flatMap((entry) => {
    const pair = isMap(entry) ? (entry.items[0] as Pair<Scalar, Node | null> | undefined) : undefined
    const name = pair ? textOf(pair.key) : isScalar(entry) ? textOf(entry) : ''
    const argument = pair && argumentOf(pair.value)
    try {
      const transform = transformOf(name, argument, (target.item ?? target).type)
      if (transform) return [transform]
      const hint = suggestion(name, transformNames) || `; there is ${transformNames.join(', ')}`
      ctx.faults.add(entry, path, 'unknown_transform', `there is no transform "${name}"${hint}`)
    } catch (error) {
      if (!(error instanceof TransformFault)) throw error
      ctx.faults.add(entry, path, 'bad_transform', `${name} ${error.message}`)
    }
    return []
  })
}
