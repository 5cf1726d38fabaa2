import { Environment } from '@marcbachmann/cel-js'
import { addressFunctions } from './cel-library-addresses.ts'
import { listFunctions } from './cel-library-lists.ts'
import { quantityFunctions } from './cel-library-quantity.ts'
import { textFunctions } from './cel-library-text.ts'

const LIBRARIES = [textFunctions, listFunctions, quantityFunctions, addressFunctions]

function library(): Environment {
  const environment = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: true })
  for (const register of LIBRARIES) register(environment)
  return environment
}

const LIBRARY = library()

/**
 * An environment with CEL's own functions and those of Kubernetes that rules use: texts, regular expressions, lists, sets,
 * quantities, URLs, IP addresses and CIDRs. Not here: format, semver, and macros of two variables.
 */
export const celEnvironment = (): Environment => LIBRARY.clone()
