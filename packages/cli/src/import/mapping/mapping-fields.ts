import { suggestion } from '@clientele/kit/client'
import { isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml'
import { type CompilerContext, compileConstant, compileSource, isSource } from './mapping-source.js'
import { textOf } from './mapping-text.js'
import type { Target } from './target.js'
import type { ObjectTemplate, Template } from './template.js'

type Fields = ReadonlyMap<string, Target>

/** Compiles `rows:` or `lines.fields:`; what is wrong goes to the context's faults, and the rest is still looked at. */
export const compileFields = (node: YAMLMap, fields: Fields, ctx: CompilerContext, path: string): ObjectTemplate => {
  const root: ObjectTemplate = { kind: 'object', fields: [] }
  for (const { key, value } of node.items as { key: Scalar; value: Node | null }[]) {
    const name = textOf(key)
    const place = locate(root, name.split('.'), fields)
    if (place === 'taken') {
      ctx.faults.add(key, `${path}.${name}`, 'duplicate_field', `"${name}" is mapped twice`)
    } else if (place === 'unknown') {
      const message = `there is no field "${name}"${suggestion(name, pathsOf(fields))}`
      ctx.faults.add(key, `${path}.${name}`, 'unknown_field', message)
      // Its column and transforms are told in the same run.
      if (isSource(value)) compileSource(value, anyText, ctx, `${path}.${name}`)
    } else {
      place.field.template = compileValue(value, key, place.target, ctx, `${path}.${name}`)
    }
  }
  checkRequired(root, fields, node, ctx, path)
  return root
}

const anyText: Target = { type: 'String', required: false, hasDefault: false }

type Place = { field: ObjectTemplate['fields'][number]; target: Target } | 'unknown' | 'taken'

/** Makes the place of a dotted path in the template. */
const locate = (parent: ObjectTemplate, [segment = '', ...rest]: string[], fields: Fields | undefined): Place => {
  const target = fields?.get(segment)
  if (!target) return 'unknown'
  const existing = parent.fields.find(({ name }) => name === segment)
  if (!rest.length) {
    if (existing) return 'taken'
    const field = { name: segment, required: target.required, template: nothing }
    parent.fields.push(field)
    return { field, target }
  }
  if (existing && existing.template.kind !== 'object') return 'taken'
  const inner = existing?.template.kind === 'object' ? existing.template : { kind: 'object' as const, fields: [] }
  const place = locate(inner, rest, target.item ? undefined : target.fields)
  if (!existing && inner.fields.length)
    parent.fields.push({ name: segment, required: target.required, template: inner })
  return place
}

const nothing: Template = { kind: 'constant', value: null }

const pathsOf = (fields: Fields, prefix = ''): string[] =>
  [...fields].flatMap(([name, { fields: inner, item }]) => [
    prefix + name,
    ...(inner && !item ? pathsOf(inner, `${prefix}${name}.`) : []),
  ])

const checkRequired = (template: ObjectTemplate, fields: Fields, at: YAMLMap, ctx: CompilerContext, path: string) => {
  for (const [name, target] of fields) {
    const mapped = template.fields.find((field) => field.name === name)?.template
    if (!mapped && target.required) {
      ctx.faults.add(at, `${path}.${name}`, 'missing_field', `"${name}" is needed and not mapped`)
    }
    // What stands below one key was checked there; only what dotted paths have put together is left.
    if (mapped?.kind === 'object' && target.fields && !at.has(name)) {
      checkRequired(mapped, target.fields, at, ctx, `${path}.${name}`)
    }
  }
}

const compileValue = (node: Node | null, key: Node, target: Target, ctx: CompilerContext, path: string): Template => {
  const fail = (message: string) => {
    ctx.faults.add(node ?? key, path, 'wrong_shape', message)
    return nothing
  }
  if (isSource(node)) return compileSource(node, target, ctx, path)
  if (target.item) {
    if (!isSeq(node)) return fail('takes a list: write its entries with "- " below it')
    const { item } = target
    const items = node.items.map((entry, at) => compileValue(entry as Node, key, item, ctx, `${path}[${at}]`))
    return { kind: 'list', items }
  }
  if (target.fields) {
    if (!isMap(node)) return fail(`has fields: ${[...target.fields.keys()].join(', ')}`)
    return compileFields(node, target.fields, ctx, path)
  }
  if (!isScalar(node)) return fail('takes one value: { column: … }, or a constant')
  return compileConstant(node, target, ctx, path)
}
