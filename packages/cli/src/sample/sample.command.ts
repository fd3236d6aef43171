import { createApi } from '../api/api.js'
import { openSession } from '../api/session.js'
import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { tellFailure } from '../failure.js'
import { parseOptions } from '../options.js'
import { customer360 } from './customer-360.js'
import { loadSample, type SampleSummary } from './load-sample.js'
import { type SampleCountry, sampleCountries } from './sample-settings.js'

/** Loads a small fixed sample through the API. */
export const sample: Command = {
  name: 'sample',
  summary: 'Load a small sample: settings, customers, purchases, visits, complaints, tasks, a survey, segments',
  help: `clientele sample [--json] [--country DE|CN] [--as NAME] [--url U] [--token T]

Loads made-up customers in Chinese and English, with purchases, visits, complaints, contact notes, tasks, a survey with
responses and segments, through the API of a running platform. Loading it again changes nothing. Whoever does not reach the
whole tenant loads the customers of their own territories. An admin's tenant gets settings, a calendar with the holidays of
2026 and exchange rates as well, unless somebody has settled them already.

  --json     {"customers": …, "purchases": …, "changes": …, "exampleCustomerId": …} on standard output
  --country  whose currency, language and holidays the tenant has, default CN for demo users of globex, else DE
  --as NAME  demo user of the embedded platform, default admin
  --url U    a gateway elsewhere, default CLIENTELE_URL, else the embedded platform of CLIENTELE_HOME
  --token T  its access token, default CLIENTELE_TOKEN, else of who has signed in (clientele login)`,
  run: async (args) => {
    const { values } = parseOptions('sample', {
      args,
      options: {
        json: { type: 'boolean', default: false },
        as: { type: 'string' },
        country: { type: 'string' },
        url: { type: 'string' },
        token: { type: 'string' },
      },
    })
    const country = values.country ?? (values.as?.startsWith('globex') ? 'CN' : 'DE')
    try {
      if (!isSampleCountry(country)) throw new UsageError(`--country is one of ${sampleCountries.join(', ')}.`)
      const session = await openSession(values, readConfig(), 'admin')
      const summary = await loadSample(createApi(session), { country })
      console.log(values.json ? JSON.stringify(summary) : summaryText(summary, session.url))
      return 0
    } catch (error) {
      return tellFailure(error, values.json)
    }
  },
}

const isSampleCountry = (text: string): text is SampleCountry => sampleCountries.some((country) => country === text)

const summaryText = ({ customers, purchases, changes, exampleCustomerId }: SampleSummary, url: string) =>
  `${changes ? `Loaded with ${changes} changes` : 'Everything was there already'}: ${customers} customers, ${purchases} purchases.

Try this at ${url}/ with the variables { "id": "${exampleCustomerId}" }:

${customer360}`
