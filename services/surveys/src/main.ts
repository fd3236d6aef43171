import { cannotStart, start } from '@clientele/kit'
import { surveys } from './service.js'

await start(surveys).catch(cannotStart)
