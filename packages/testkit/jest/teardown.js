export { stopBacking as default } from '../dist/backing.js'
