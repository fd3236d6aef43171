import { cannotStart, start } from '@clientele/kit'
import { interactions } from './service.js'

await start(interactions).catch(cannotStart)
