import { createApi } from '../api/api.js'
import { openSession } from '../api/session.js'
import type { Command } from '../command.js'
import { readConfig } from '../config.js'
import { tellFailure } from '../failure.js'
import { parseOptions } from '../options.js'
import { viewerOf, viewerText } from './viewer.js'

/** Tells as whom the commands speak. */
export const whoami: Command = {
  name: 'whoami',
  summary: 'Tell as whom the commands speak',
  help: `clientele whoami [--url URL] [--token T | --as NAME] [--json]

Asks the platform as whom it takes what the other commands send.
  --url      the gateway, default CLIENTELE_URL, else the platform of CLIENTELE_HOME
  --token    an access token, default CLIENTELE_TOKEN, else of who has signed in
  --as       a demo user of the embedded platform
  --json     as {"subject": …, "name": …, "tenant": …, "roles": […]}`,
  run: async (args) => {
    const { values } = parseOptions('whoami', {
      args,
      options: {
        url: { type: 'string' },
        token: { type: 'string' },
        as: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    try {
      const session = await openSession(values, readConfig())
      const viewer = await viewerOf(createApi(session))
      console.log(values.json ? JSON.stringify(viewer) : viewerText(viewer, session.url))
      return 0
    } catch (error) {
      return tellFailure(error, values.json)
    }
  },
}
