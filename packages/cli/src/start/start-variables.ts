import { edgeVariables } from '@clientele/gateway'
import { publicSettings, variablesOf } from '@clientele/kit'
import { cliVariables } from '../config.js'
import { services } from '../services.js'

/** The variables that `clientele start` reads. */
export const startVariables = (): string[] => [
  ...cliVariables(),
  ...edgeVariables(),
  ...variablesOf(publicSettings, ...services.map(({ config }) => config)),
]
