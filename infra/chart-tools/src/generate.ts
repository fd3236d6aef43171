import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveVariables } from '@clientele/cli/serve/serve-settings'
import { services } from '@clientele/cli/services'
import { parse, stringify } from 'yaml'
import { publicPrefixes } from './public-prefixes.js'
import { schemaVersion } from './schema-version.js'
import { valuesTable } from './values-table.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const chart = join(root, 'charts/clientele')
const made = (file: string, text: string) => writeFileSync(join(chart, file), text)

made('files/public-routes.yaml', stringify(publicPrefixes(services)))
made('files/schema-version.txt', `${schemaVersion(root)}\n`)
made('files/settings.txt', `${[...new Set(serveVariables(services))].toSorted().join('\n')}\n`)

const valuesText = readFileSync(join(chart, 'values.yaml'), 'utf8')
const { image } = parse(valuesText)
const { appVersion } = parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8'))
made('images.txt', `${image.registry}/${image.repository}:${appVersion}\n`)

// Alert rules and dashboards have one home; Helm packs only what lies in the chart.
for (const kind of ['rules', 'dashboards']) {
  const from = join(root, 'infra/observability', kind)
  const to = join(chart, 'files', kind)
  rmSync(to, { recursive: true, force: true })
  if (existsSync(from)) cpSync(from, to, { recursive: true, filter: (file) => !file.includes('.test.') })
}

const readme = readFileSync(join(chart, 'README.md'), 'utf8')
made(
  'README.md',
  readme.replace(
    /(<!-- values -->\n)[\s\S]*?(<!-- end -->)/,
    (_, begin, end) => `${begin}\n${valuesTable(valuesText)}\n\n${end}`,
  ),
)
