import type { FetchDataRewrite } from '@apollo/query-planner'
import type { TypeTest } from '../plan/type-test.js'
import { type Json, own } from '../run/run-state.js'

type Change = (value: unknown) => void

const fragment = '... on '

/** Compiles the small changes that a plan makes to what is sent or got: a field set to a value, or renamed. Nothing where there are none. */
export function compileRewrites(rewrites: readonly FetchDataRewrite[] = [], isOf: TypeTest): Change | undefined {
  const changes = rewrites.filter(({ path }) => path.length > 0).map((rewrite) => compileRewrite(rewrite, isOf))
  if (changes.length === 0) return undefined
  return (value) => {
    for (const change of changes) change(value)
  }
}

function compileRewrite(rewrite: FetchDataRewrite, isOf: TypeTest): Change {
  const name = rewrite.path.at(-1)!
  const change =
    rewrite.kind === 'ValueSetter'
      ? (object: Json) => {
          object[name] = rewrite.setValueTo
        }
      : (object: Json) => {
          if (!own(object, name)) return
          object[rewrite.renameKeyTo] = object[name]
          object[name] = undefined
        }
  return rewrite.path.slice(0, -1).reduceRight<Change>((next, step) => compileStep(step, next, isOf), onObjects(change))
}

function compileStep(step: string, next: Change, isOf: TypeTest): Change {
  if (!step.startsWith(fragment)) return onObjects((object) => next(own(object, step)))
  const condition = step.slice(fragment.length)
  return onObjects((object) => {
    const typename = own(object, '__typename')
    if (!typename || isOf(typename as string, condition)) next(object)
  })
}

const onObjects = (change: (object: Json) => void): Change =>
  function each(value) {
    if (Array.isArray(value)) value.forEach(each)
    else if (typeof value === 'object' && value !== null) change(value as Json)
  }
