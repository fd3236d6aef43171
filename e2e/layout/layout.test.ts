import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file && existsSync(join(root, file)))
const sources = files.filter((file) => /\/src\/.*\.ts$/.test(file))
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

test('a folder shows what is in it: no more than 25 files beside their tests', () => {
  const folders = Map.groupBy(
    sources.filter((file) => !file.endsWith('.test.ts')),
    (file) => dirname(file),
  )
  const crowded = [...folders].filter(([, each]) => each.length > 25)
  expect(crowded.map(([folder, each]) => `${folder}: ${each.length}`)).toEqual([])
})

test('a file is short enough to be read: 250 lines, and 500 of a test, whose cases stand one by one', () => {
  const generated = /\/generated\/|\.d\.ts$/
  const typescript = files.filter((file) => file.endsWith('.ts') && !generated.test(file))
  const long = typescript.flatMap((file) => {
    const lines = textOf(file).split('\n').length - 1
    return lines > (file.endsWith('.test.ts') ? 500 : 250) ? [`${file}: ${lines}`] : []
  })
  expect(long).toEqual([])
})

test('fixtures and suites stay out of what is built', () => {
  expect(sources.filter((file) => /\/src\/(.*\/)?(fixtures?|equality|acceptance|storm|crash)\//.test(file))).toEqual([])
})

test('names say what a file is about', () => {
  const vague = /^(utils?|common|helpers?|types|misc|shared|constants)(\.|$)/
  expect(files.filter((file) => file.split('/').some((part) => vague.test(part)))).toEqual([])
})

test('files that documents name are there', () => {
  const missing = files
    .filter((file) => file.endsWith('.md') && !file.includes('/generated/'))
    .flatMap((file) => {
      const text = textOf(file)
      const linked = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)]*)?\)/g)].map(([, to]) =>
        join(dirname(file), to!),
      )
      const quoted = [...text.matchAll(/`((?:packages|services|gateway|infra|bench|e2e|docs|src)\/[\w./-]+)`/g)].map(
        ([, to]) => (to!.startsWith('src/') ? join(dirname(file), to!) : to!),
      )
      return [...linked, ...quoted].filter((to) => !existsSync(join(root, to))).map((to) => `${file}: ${to}`)
    })
  expect(missing).toEqual([])
})

test('code that documents name is there', () => {
  const sourced = files.filter(
    (file) => /\.(ts|sql|json|graphql|ya?ml|html)$/.test(file) && !file.endsWith('-lock.json'),
  )
  const known = new Set(sourced.flatMap((file) => textOf(file).match(/[A-Za-z_$][\w$]*/g) ?? []))
  const gone = files
    .filter((file) => file.endsWith('.md') && !file.includes('/generated/'))
    .flatMap((file) =>
      [...textOf(file).matchAll(/`([a-z]+[A-Z]\w*)(?=[`(:])/g)]
        .filter(([, name]) => !known.has(name!))
        .map(([, name]) => `${file}: ${name}`),
    )
  expect(gone).toEqual([])
})

test('a limit is in the file that is called as the service and the folder whose inputs have it, and nowhere else', () => {
  const own = files.flatMap((file) => {
    const [, concept] = /^packages\/contracts\/src\/limits\/([\w/-]+)\.ts$/.exec(file) ?? []
    if (!concept || ['index', 'limit', 'characters'].includes(concept)) return []
    return [...textOf(file).matchAll(/^ {2}(\w+)[:,]/gm)].map(([, limit]) => ({ concept, limit: limit! }))
  })
  expect(own.length).toBe(new Set(own.map(({ limit }) => limit)).size)

  const ofAll = ['values', 'requests', 'events']
  const strayed = own.filter(({ concept, limit }) => {
    const folder = new RegExp(`^services/${concept.replace('/', '/src/')}/`)
    const use = new RegExp(`\\blimits\\.${limit}\\b`)
    return !ofAll.includes(concept) && !sources.some((file) => folder.test(file) && use.test(textOf(file)))
  })
  expect(strayed).toEqual([])
})

test('an array is made a parameter of SQL by arrayParameter alone', () => {
  const byHand = /`\{\$\{[^`]*\.join\(','\)\}\}`/
  const found = sources.filter((file) => /^(services|packages)\//.test(file) && byHand.test(textOf(file)))
  expect(found.filter((file) => !file.endsWith('/array-parameter.ts'))).toEqual([])
})

test('idempotency keys and expected versions are fields of inputs by their decorators, in one form', () => {
  const byHand = /@Field\([^@]*?\)\s*(idempotencyKey|expectedVersion)[?!]/
  expect(sources.filter((file) => file.startsWith('services/') && byHand.test(textOf(file)))).toEqual([])
})

test('every decision is in the list of decisions, under its number', () => {
  const adrs = files.filter((file) => /^docs\/adr\/\d{4}-/.test(file)).map((file) => basename(file))
  const list = textOf('docs/adr/README.md')
  expect(adrs.filter((adr) => !list.includes(`\n${Number(adr.slice(0, 4))}. `) || !list.includes(`(${adr})`))).toEqual(
    [],
  )
  expect(new Set(adrs.map((adr) => adr.slice(0, 4))).size).toBe(adrs.length)
})

test('a person is "they"', () => {
  const words = /(?<![\w'])(he|him|his|himself|He|His|Him|Himself)(?!\w)/
  const elsewhere = /(^|\/)(migrations|generated)\/|^gateway\/supergraph|^e2e\/layout\/layout\.test\.ts$/
  const found = files
    .filter((file) => /\.(ts|md)$/.test(file) && !elsewhere.test(file))
    .flatMap((file) =>
      textOf(file)
        .split('\n')
        .flatMap((line, at) => (words.test(line) ? [`${file}:${at + 1}`] : [])),
    )
  expect(found).toEqual([])
})

test('one word for one thing: the words that were replaced stay away', () => {
  const replaced =
    /\b(askers?|read models?|known operations?|out of reach|beyond (your |their |the |the actor's )?reach|whom (you|they) reach|who reaches (less|all|every|the)|asked ahead|lends its sight|of a standing|worlds)\b/i
  // A question is one of a survey, or one that a complaint asks.
  const inBench = /\bquestions?\b/i
  const found = files
    .filter(
      (file) => /\.(ts|md)$/.test(file) && !/^docs\/adr\/|\/(migrations|generated)\/|^e2e\/layout\/layout/.test(file),
    )
    .filter((file) => replaced.test(textOf(file)) || (file.startsWith('bench/') && inBench.test(textOf(file))))
  expect(found).toEqual([])
})

test('a migration that reads or writes rows which a tenant has lifts the row-level security of their owner first: else it finds none', () => {
  const blind = files
    .filter((file) => /^services\/[\w-]+\/migrations\/.*\.sql$/.test(file))
    .flatMap((file) => {
      const statements = textOf(file)
        .replace(/\$\$.*?\$\$/gs, '$$$$')
        .split(';')
      const lifted = new Set<string>()
      return statements.flatMap((statement) => {
        const [, table] = /alter table (\w+) no force row level security/.exec(statement) ?? []
        if (table) lifted.add(table)
        const isOfRows = /^\s*(--[^\n]*\n\s*)*(update|delete|insert into|with)\b/.test(statement)
        const touched = isOfRows
          ? [...statement.matchAll(/\b(?:update|from|join) (?!set\b)(\w+)/g)].map(([, name]) => name!)
          : []
        return touched.filter((name) => isProtected(name) && !lifted.has(name)).map((name) => `${file}: ${name}`)
      })
    })
  expect(blind).toEqual([])
})

const isProtected = (table: string) =>
  files.some((file) => file.endsWith('.sql') && textOf(file).includes(`call protect('${table}'`))

test('an array is a parameter of SQL by arrayParameter, in one form', () => {
  const unfolded = /jsonb_array_elements_text\(\?/
  const typescript = files.filter((file) => file.endsWith('.ts') && !file.startsWith('e2e/layout/'))
  expect(typescript.filter((file) => unfolded.test(textOf(file)))).toEqual([])
})

test("minor units and other facts of money come from ISO 4217's table, never from the runtime's locale data", () => {
  const fromLocale =
    /Intl\.NumberFormat|maximumFractionDigits|minimumFractionDigits|style: 'currency'|Intl\.supportedValuesOf\('currency'\)/
  const typescript = files.filter((file) => /\.tsx?$/.test(file) && !file.startsWith('e2e/layout/'))
  expect(typescript.filter((file) => fromLocale.test(textOf(file)))).toEqual([])
})
