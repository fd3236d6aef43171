import { asyncApi } from './asyncapi.js'
import { catalogue } from './catalogue.js'
import { dataSchemaOf, envelopeSchema } from './json-schema.js'

const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Path below `generated/` → content of every generated file, for the package's `version`. */
export const generatedFiles = (version: string): ReadonlyMap<string, string> =>
  new Map([
    ['asyncapi.json', text(asyncApi(catalogue, version))],
    ['cloudevent.json', text(envelopeSchema())],
    ...catalogue.map((type): [string, string] => [`schemas/${type.type}.json`, text(dataSchemaOf(type))]),
  ])
