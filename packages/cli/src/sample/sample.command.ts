import { parseArgs } from 'node:util'
import { createApi } from '../api/api.js'
import { openSession } from '../api/session.js'
import type { Command } from '../command.js'
import { readConfig } from '../config.js'
import { tellFailure } from '../failure.js'
import { customer360 } from './customer-360.js'
import { loadSample, type SampleSummary } from './load-sample.js'

/** Loads a small fixed sample through the API. */
export const sample: Command = {
  name: 'sample',
  summary: 'Load a small sample: customers, purchases, visits, complaints, a survey, segments',
  help: `clientele sample [--json] [--as NAME] [--url U] [--token T]

Loads made-up customers in Chinese and English, with purchases, visits, complaints, contact notes, a survey with
responses and segments, through the API of a running platform. Loading it again changes nothing. Whoever does not reach the
whole tenant loads the customers of their own territories.

  --json     {"customers": …, "purchases": …, "changes": …, "exampleCustomerId": …} on standard output
  --as NAME  demo user of the embedded platform, default admin
  --url U    a gateway elsewhere, default CLIENTELE_URL, else the embedded platform of CLIENTELE_HOME
  --token T  its access token, default CLIENTELE_TOKEN`,
  run: async (args) => {
    const { values } = parseArgs({
      args,
      options: {
        json: { type: 'boolean', default: false },
        as: { type: 'string' },
        url: { type: 'string' },
        token: { type: 'string' },
      },
    })
    try {
      const session = await openSession(values, readConfig(), 'admin')
      const summary = await loadSample(createApi(session))
      console.log(values.json ? JSON.stringify(summary) : summaryText(summary, session.url))
      return 0
    } catch (error) {
      return tellFailure(error, values.json)
    }
  },
}

const summaryText = ({ customers, purchases, changes, exampleCustomerId }: SampleSummary, url: string) =>
  `${changes ? `Loaded with ${changes} changes` : 'Everything was there already'}: ${customers} customers, ${purchases} purchases.

Try this at ${url}/ with the variables { "id": "${exampleCustomerId}" }:

${customer360}`
