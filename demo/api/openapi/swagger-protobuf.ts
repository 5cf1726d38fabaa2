import type { Fields } from './protobuf-writer.ts'
import {
  countField,
  doubleField,
  flagField,
  message,
  messageField,
  namedFields,
  textField,
  textFields,
} from './protobuf-writer.ts'
import type { SchemaNode } from './schema-node.ts'
import type { Swagger, SwaggerOperation, SwaggerParameter, SwaggerPathItem } from './swagger.ts'

/** Numbers are those of gnostic's openapi.v2 messages, which Kubernetes' clients decode. */

const yaml = (value: unknown): Fields => [textField(2, JSON.stringify(value))]

function extensions(field: number, of: object): Buffer {
  const own = Object.entries(of).filter(([keyword]) => keyword.startsWith('x-'))
  return namedFields(field, Object.fromEntries(own) as Record<string, unknown>, yaml)
}

function schema(node: SchemaNode): Fields {
  const { additionalProperties, items, properties, type } = node
  const text = (keyword: string) => (typeof node[keyword] === 'string' ? node[keyword] : undefined)
  return [
    textField(1, node.$ref),
    textField(2, node.format),
    textField(4, node.description),
    doubleField(7, node.maximum),
    doubleField(9, node.minimum),
    countField(11, node.maxLength),
    countField(12, node.minLength),
    textField(13, text('pattern')),
    countField(14, node.maxItems),
    countField(15, node.minItems),
    textFields(19, node.required),
    message((node.enum ?? []).map((value) => messageField(20, yaml(value)))),
    messageField(21, additionalProperties && [messageField(1, schema(additionalProperties))]),
    messageField(22, type === undefined ? undefined : [textField(1, type)]),
    messageField(23, items && [messageField(1, schema(items))]),
    messageField(25, properties && [namedFields(1, properties, schema)]),
    extensions(31, node),
  ]
}

function parameter(one: SwaggerParameter): Fields {
  if (one.in === 'body') {
    const body = [
      textField(2, one.name),
      textField(3, one.in),
      flagField(4, one.required),
      messageField(5, schema(one.schema)),
    ]
    return [messageField(1, [messageField(1, body)])]
  }
  const inPath = one.in === 'path'
  const common = [
    flagField(1, one.required),
    textField(2, one.in),
    textField(3, one.description),
    textField(4, one.name),
  ]
  const own = inPath
    ? [...common, textField(5, one.type), flagField(18, one.uniqueItems)]
    : [...common, textField(6, one.type), flagField(20, one.uniqueItems)]
  return [messageField(1, [messageField(2, [messageField(inPath ? 4 : 3, own)])])]
}

const parameters = (field: number, all: readonly SwaggerParameter[] = []): Buffer =>
  message(all.map((one) => messageField(field, parameter(one))))

function operation(one: SwaggerOperation): Fields {
  const responses = namedFields(1, one.responses, (answer) => [
    messageField(1, [
      textField(1, answer.description),
      messageField(2, answer.schema && [messageField(1, schema(answer.schema))]),
    ]),
  ])
  return [
    textFields(1, one.tags),
    textField(3, one.description),
    textField(5, one.operationId),
    textFields(6, one.produces),
    textFields(7, one.consumes),
    parameters(8, one.parameters),
    messageField(9, [responses]),
    textFields(10, one.schemes),
    extensions(13, one),
  ]
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const

const pathItem = (item: SwaggerPathItem): Fields => [
  ...METHODS.map((method, index) => {
    const found = item[method]
    return messageField(index + 2, found && operation(found))
  }),
  parameters(9, item.parameters),
]

/** The document as `application/com.github.proto-openapi.spec.v2@v1.0+protobuf`. */
export function swaggerProtobuf(swagger: Swagger): Buffer {
  const { info, paths, definitions, securityDefinitions, security } = swagger
  return message([
    textField(1, swagger.swagger),
    messageField(2, [textField(1, info.title), textField(2, info.version)]),
    messageField(8, [namedFields(2, paths, pathItem)]),
    messageField(9, [namedFields(1, definitions, schema)]),
    message(
      security.map((one) => messageField(12, [namedFields(1, one, (scopes) => [textFields(1, scopes)])])),
    ),
    messageField(13, [
      namedFields(1, securityDefinitions, (key) => [
        messageField(2, [
          textField(1, key.type),
          textField(2, key.name),
          textField(3, key.in),
          textField(4, key.description),
        ]),
      ]),
    ]),
  ])
}
