/** The shop's entities as GraphQL types. Hidden and internal things have no field, so nothing can ask for them. */
import {
  GraphQLBoolean,
  type GraphQLFieldConfigMap,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import type { Column, ColumnType, Entity, Relation } from '../../shop/entity.ts';
import type { Registry } from '../../shop/registry.ts';
import type { Row } from '../../shop/rows/statement.ts';
import { VERSION_FIELD, versionOfRead } from '../../shop/rows/version.ts';
import type { Locale, Text } from '../../shop/text.ts';
import { PLACELESS } from '../execution/result-shape.ts';
import type { RequestContext } from '../request/context.ts';
import type { DerivedFields } from './derived-fields.ts';

type Fields = GraphQLFieldConfigMap<Row, RequestContext>;

/** Entity name → its type, for every entity that the API may show. */
export function entityTypes(
  registry: Registry,
  dateTime: GraphQLScalarType,
  locale: Locale,
  derived: DerivedFields,
): ReadonlyMap<string, GraphQLObjectType> {
  const types = new Map<string, GraphQLObjectType>();
  for (const entity of registry.entities) {
    if (entity.internal) continue;
    const fields = (): Fields => ({
      ...columnFields(entity, dateTime),
      ...relationFields(entity, types),
      ...(entity.versioned && { [VERSION_FIELD]: versionField(entity, locale) }),
      ...derivedFieldsOf(entity, derived),
    });
    const brought = entity.origin !== undefined;
    types.set(entity.name, new GraphQLObjectType({ name: entity.name, fields, extensions: { brought } }));
  }
  return types;
}

function derivedFieldsOf({ name, derived = {} }: Entity, made: DerivedFields): Fields {
  const fields = Object.keys(derived).map((field) => {
    const config = made[name]?.[field];
    if (!config) throw new Error(`nothing makes ${name}.${field}`);
    return [field, config] as const;
  });
  return Object.fromEntries(fields);
}

function columnFields(entity: Entity, dateTime: GraphQLScalarType): Fields {
  const shown = Object.entries(entity.columns).filter(([, { hidden }]) => !hidden);
  return Object.fromEntries(
    shown.map(([field, column]) => [
      field,
      { type: columnType(column, dateTime), resolve: showField, extensions: PLACELESS },
    ]),
  );
}

const VERSION_TEXT: Text = {
  ja: 'この行の状態を表す文字列。更新の ifVersion に指定すると、その間に変更があった場合は更新されません',
  en: 'The state of this row; given as ifVersion to a mutation, it keeps you from overwriting what changed since',
};

const versionField = (entity: Entity, locale: Locale): Fields[string] => ({
  type: new GraphQLNonNull(GraphQLString),
  description: VERSION_TEXT[locale],
  resolve: (row, _args, contextValue, { path }) => {
    const version = versionOfRead(contextValue.needs.versionKey, entity, row);
    contextValue.show(path.key, version);
    return version;
  },
});

/** The value of a row's field, counted as part of the response. */
export function showField(
  row: Row,
  _args: unknown,
  contextValue: RequestContext,
  { fieldName, path }: GraphQLResolveInfo,
): unknown {
  const value = row[fieldName];
  contextValue.show(path.key, value);
  return value;
}

function columnType(column: Column, dateTime: GraphQLScalarType): GraphQLOutputType {
  const type = column.key ? GraphQLID : scalarOf(column.type, dateTime);
  return column.nullable ? type : new GraphQLNonNull(type);
}

function scalarOf(type: ColumnType, dateTime: GraphQLScalarType): GraphQLScalarType {
  switch (type) {
    case 'id':
      return GraphQLID;
    case 'integer':
    case 'smallint':
      return GraphQLInt;
    case 'decimal':
      return GraphQLFloat;
    case 'boolean':
      return GraphQLBoolean;
    case 'datetimetz':
      return dateTime;
    default:
      return GraphQLString;
  }
}

function relationFields(entity: Entity, types: ReadonlyMap<string, GraphQLObjectType>): Fields {
  const fields: Fields = {};
  for (const [field, relation] of Object.entries(entity.relations)) {
    const type = relation.hidden ? undefined : types.get(relation.entity);
    if (type) fields[field] = relationField(field, relation, type);
  }
  return fields;
}

/** Related rows were read with their row; here they are only counted, since one row may be shown many times over. */
function relationField(field: string, { kind }: Relation, type: GraphQLObjectType): Fields[string] {
  if (kind !== 'many') {
    const resolve = (row: Row, _args: unknown, contextValue: RequestContext): unknown => {
      contextValue.count(1);
      return row[field];
    };
    return { type, resolve, extensions: PLACELESS };
  }
  const resolve = (row: Row, _args: unknown, contextValue: RequestContext): unknown => {
    const rows = row[field] as Row[];
    contextValue.count(rows.length);
    return rows;
  };
  return { type: new GraphQLList(type), resolve, extensions: PLACELESS };
}
