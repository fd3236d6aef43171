import { cannotStart, start } from '@clientele/kit'
import { profiles } from './service.js'

await start(profiles).catch(cannotStart)
