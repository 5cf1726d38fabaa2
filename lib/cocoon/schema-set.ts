import {
  AGENT_MODES,
  COCOON_SET_PHASES,
  DEFAULT_AGENT_MODE,
  DEFAULT_HIBERNATE_POLICY,
  DEFAULT_SNAPSHOT_POLICY,
  DEFAULT_TOOLBOX_MODE,
  HIBERNATE_POLICIES,
  SNAPSHOT_POLICIES,
  TOOLBOX_MODES,
} from './enums.ts'
import { DEFAULT_NODE_POOL } from './keys.ts'
import {
  CONDITIONS,
  CONN_TYPE,
  ENV_FROM,
  FLAG,
  INT32,
  INT64,
  PORT,
  resourceSchema,
  TEXT,
  VM_OPTIONS,
} from './schema-parts.ts'
import type { Schema } from './schema.ts'
import { CLASS_IMMUTABLE, RELEASE_NEEDS_LONE_AGENT } from './transitions.ts'

const AGENT: Schema = {
  type: 'object',
  required: ['image'],
  properties: {
    ...VM_OPTIONS,
    replicas: { ...INT32, minimum: 0, default: 0 },
    image: { type: 'string', minLength: 1 },
    mode: { type: 'string', enum: AGENT_MODES, default: DEFAULT_AGENT_MODE },
    envFrom: ENV_FROM,
    serviceAccountName: TEXT,
  },
}

const TOOLBOX: Schema = {
  type: 'object',
  required: ['name'],
  properties: {
    ...VM_OPTIONS,
    name: { type: 'string', minLength: 1, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' },
    image: TEXT,
    mode: { type: 'string', enum: TOOLBOX_MODES, default: DEFAULT_TOOLBOX_MODE },
    staticIP: TEXT,
    staticVMID: TEXT,
    vncPort: PORT,
  },
}

const SPEC: Schema = {
  type: 'object',
  required: ['agent'],
  properties: {
    suspend: FLAG,
    snapshotPolicy: { type: 'string', enum: SNAPSHOT_POLICIES, default: DEFAULT_SNAPSHOT_POLICY },
    hibernatePolicy: { type: 'string', enum: HIBERNATE_POLICIES, default: DEFAULT_HIBERNATE_POLICY },
    nodePool: { type: 'string', default: DEFAULT_NODE_POOL },
    snapshotCompatibilityClass: {
      type: 'string',
      maxLength: 63,
      pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$',
    },
    nodeName: TEXT,
    agent: AGENT,
    toolboxes: { type: 'array', items: TOOLBOX },
  },
  'x-kubernetes-validations': [
    {
      rule: "!has(self.hibernatePolicy) || self.hibernatePolicy != 'release' || ((!has(self.agent.replicas) || self.agent.replicas == 0) && (!has(self.toolboxes) || size(self.toolboxes) == 0))",
      message: RELEASE_NEEDS_LONE_AGENT,
    },
    {
      rule: '!has(oldSelf.snapshotCompatibilityClass) || (has(self.snapshotCompatibilityClass) && self.snapshotCompatibilityClass == oldSelf.snapshotCompatibilityClass)',
      message: CLASS_IMMUTABLE,
    },
  ],
}

const PLACE = { podName: TEXT, vmName: TEXT, vmID: TEXT, ip: TEXT, phase: TEXT }

const STATUS: Schema = {
  type: 'object',
  properties: {
    observedGeneration: INT64,
    phase: { type: 'string', enum: COCOON_SET_PHASES },
    readyAgents: INT32,
    desiredAgents: INT32,
    readyToolboxes: INT32,
    desiredToolboxes: INT32,
    agents: {
      type: 'array',
      items: {
        type: 'object',
        required: ['role', 'slot'],
        properties: { slot: INT32, role: TEXT, ...PLACE, forkedFrom: TEXT },
      },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['slot'],
    },
    toolboxes: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: TEXT, ...PLACE, connType: CONN_TYPE, vncPort: INT32 },
      },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    },
    conditions: CONDITIONS,
  },
}

/** Schema of CocoonSets at 0.3.0 (contract 3.1, 3.2). */
export const COCOON_SET_SCHEMA: Schema = resourceSchema(SPEC, STATUS)
