import { readdir, readFile } from 'node:fs/promises'
import { Parser } from '@asyncapi/parser'
import { Ajv } from 'ajv'
import { asyncApi, exampleOf } from './asyncapi.js'
import { catalogue } from './catalogue.js'
import { generatedFiles } from './generated.js'

const root = new URL('../', import.meta.url)
const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'))
test('the committed files are what the contracts generate', async () => {
  const expected = generatedFiles(version)
  const entries = await readdir(new URL('generated/', root), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const prefix = new URL('generated', root).pathname
  const paths = files.map(({ parentPath, name }) => `${parentPath}/${name}`.slice(prefix.length).replace(/^\/+/, ''))
  expect(paths.sort()).toEqual([...expected.keys()].sort())
  for (const [path, content] of expected) {
    expect(await readFile(new URL(`generated/${path}`, root), 'utf8')).toBe(content)
  }
})

const diagnose = async (document: unknown) => {
  const { diagnostics, document: parsed } = await new Parser().parse(JSON.stringify(document))
  return {
    errors: diagnostics.filter(({ severity }) => severity === 0).map(({ message, path }) => ({ message, path })),
    remarks: diagnostics.filter(({ severity }) => severity > 0).map(({ code }) => code),
    parsed,
  }
}

test('the AsyncAPI document is valid; its one remark is that AsyncAPI has a newer version', async () => {
  const { errors, remarks, parsed } = await diagnose(asyncApi(catalogue, version))
  expect(errors).toEqual([])
  expect(remarks).toEqual(['asyncapi-latest-version'])
  const operations = parsed?.allOperations().all() ?? []
  expect(operations.map((operation) => operation.id()).sort()).toEqual(catalogue.map(({ type }) => type).sort())
  for (const operation of operations) {
    expect(operation.isSend()).toBe(true)
    expect(
      operation
        .messages()
        .all()
        .map((message) => message.name()),
    ).toEqual([operation.id()])
  }
})

test('every AsyncAPI payload accepts its example and refuses another type or spoilt data', () => {
  const document = new Ajv({ strict: false, formats: { uuid: true, 'date-time': true } })
  document.addSchema({ components: asyncApi(catalogue, version).components }, 'asyncapi')
  for (const type of catalogue) {
    const validate = document.compile({ $ref: `asyncapi#/components/messages/${type.type}/payload` })
    const example = exampleOf(type)
    const { version: _, ...data } = example.data
    expect(validate(example)).toBe(true)
    expect(validate({ ...example, type: 'clientele.other.thing.done.v1' })).toBe(false)
    expect(validate({ ...example, data })).toBe(false)
  }
})

test('the validation of the AsyncAPI document sees a broken reference', async () => {
  const document = asyncApi(catalogue.slice(0, 1), version)
  const { errors } = await diagnose({ ...document, components: { ...document.components, messages: {} } })
  expect(errors).not.toEqual([])
})
