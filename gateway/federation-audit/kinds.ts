import type { Kind } from './audit.js'
import { aliases } from './kinds/aliases.js'
import { batching } from './kinds/batching.js'
import { circular } from './kinds/circular.js'
import { circularInterface } from './kinds/circular-interface.js'
import { compoundKey } from './kinds/compound-key.js'
import { corrupted } from './kinds/corrupted.js'
import { corruptedEntities } from './kinds/corrupted-entities.js'
import { customDirectives } from './kinds/custom-directives.js'
import { differingTypes } from './kinds/differing-types.js'
import { entityCall } from './kinds/entity-call.js'
import { entityCallChain } from './kinds/entity-call-chain.js'
import { enumIntersection } from './kinds/enum-intersection.js'
import { enums } from './kinds/enums.js'
import { failing } from './kinds/failing.js'
import { federationOne } from './kinds/federation-one.js'
import { inaccessible } from './kinds/inaccessible.js'
import { includeSkip } from './kinds/include-skip.js'
import { interfaceKey } from './kinds/interface-key.js'
import { interfaceObject } from './kinds/interface-object.js'
import { interfaceObjectRequires } from './kinds/interface-object-requires.js'
import { interfaceOfInterface } from './kinds/interface-of-interface.js'
import { interfaces } from './kinds/interfaces.js'
import { keyMashup } from './kinds/key-mashup.js'
import { leftToStock } from './kinds/left-to-stock.js'
import { listKey } from './kinds/list-key.js'
import { mutations } from './kinds/mutations.js'
import { namesOfKeys } from './kinds/names-of-keys.js'
import { node } from './kinds/node.js'
import { nonResolvableKey } from './kinds/non-resolvable-key.js'
import { nullKeys } from './kinds/null-keys.js'
import { nullsGoUp } from './kinds/nulls-go-up.js'
import { override } from './kinds/override.js'
import { parentEntityCall } from './kinds/parent-entity-call.js'
import { partialUnion } from './kinds/partial-union.js'
import { provides } from './kinds/provides.js'
import { providesAbstract } from './kinds/provides-abstract.js'
import { renamedRoots } from './kinds/renamed-roots.js'
import { requires } from './kinds/requires.js'
import { requiresAbstract } from './kinds/requires-abstract.js'
import { requiresAndProvides } from './kinds/requires-and-provides.js'
import { requiresArguments } from './kinds/requires-arguments.js'
import { requiresChain } from './kinds/requires-chain.js'
import { requiresMissing } from './kinds/requires-missing.js'
import { requiresNestedEntity } from './kinds/requires-nested-entity.js'
import { scalars } from './kinds/scalars.js'
import { severalKeys } from './kinds/several-keys.js'
import { shareable } from './kinds/shareable.js'
import { sharedRoot } from './kinds/shared-root.js'
import { subgraphDown } from './kinds/subgraph-down.js'
import { typename } from './kinds/typename.js'
import { unionInInterface } from './kinds/union-in-interface.js'
import { unusedExternal } from './kinds/unused-external.js'
import { variables } from './kinds/variables.js'

/** All kinds that are audited, in the order of the README. */
export const kinds: readonly Kind[] = [
  entityCall,
  entityCallChain,
  parentEntityCall,
  typename,
  renamedRoots,
  includeSkip,
  compoundKey,
  severalKeys,
  keyMashup,
  nullKeys,
  nonResolvableKey,
  listKey,
  requires,
  requiresChain,
  requiresArguments,
  requiresAbstract,
  requiresNestedEntity,
  requiresMissing,
  provides,
  providesAbstract,
  requiresAndProvides,
  sharedRoot,
  shareable,
  override,
  inaccessible,
  enums,
  enumIntersection,
  partialUnion,
  unionInInterface,
  interfaces,
  interfaceOfInterface,
  node,
  interfaceKey,
  interfaceObject,
  interfaceObjectRequires,
  mutations,
  aliases,
  namesOfKeys,
  batching,
  circular,
  circularInterface,
  federationOne,
  unusedExternal,
  differingTypes,
  nullsGoUp,
  corrupted,
  corruptedEntities,
  failing,
  subgraphDown,
  variables,
  scalars,
  customDirectives,
  leftToStock,
]
