import { cannotStart, start } from '@clientele/kit'
import { integrations } from './service.js'

await start(integrations).catch(cannotStart)
