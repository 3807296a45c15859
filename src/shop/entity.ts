/**
 * The vocabulary in which a shop entity is declared, once: its table, columns, relations, and what the API may show.
 * GraphQL types, SQL, the embedded shop's tables, loaders and documentation are all derived from these declarations.
 * Refuses to know: SQL, GraphQL, databases. To add an entity: one file in `entities/`, one line in `registry.ts`.
 * Source of the facts: EC-CUBE's Doctrine mappings (4.0–4.3).
 */

/** EC-CUBE's portable column types; `id` is an auto-incrementing integer key. */
export type ColumnType =
  | 'id'
  | 'integer'
  | 'smallint'
  | 'string'
  | 'text'
  | 'decimal'
  | 'boolean'
  | 'datetimetz';

export const WHOLE_NUMBERS: ReadonlySet<ColumnType> = new Set(['id', 'integer', 'smallint']);

export type Column = {
  readonly type: ColumnType;
  /** Column name in the table when it differs from the field name. */
  readonly column?: string;
  readonly nullable?: boolean;
  /** Part of the primary key: GraphQL type `ID`. */
  readonly key?: boolean;
  /** `string`: characters. Default 255. */
  readonly length?: number;
  /** `decimal`: [precision, scale]. */
  readonly digits?: readonly [precision: number, scale: number];
  readonly default?: string | number | boolean;
  /** MySQL only: `unsigned`. */
  readonly unsigned?: boolean;
  /** Never leaves the database through the API (passwords, keys). */
  readonly hidden?: boolean;
  /** Absent in some EC-CUBE versions; left out of the schema when the shop lacks it. */
  readonly optional?: boolean;
  /** The extension that declares it; the core's have none. */
  readonly origin?: string;
};

export type Relation =
  /** This row holds the foreign key. */
  | {
      readonly kind: 'one';
      readonly entity: string;
      readonly column: string;
      readonly hidden?: boolean;
      /** The foreign key column is NOT NULL. */
      readonly required?: boolean;
      /** What the database does with this row's key when the other row is deleted. Default: refuse. */
      readonly onDelete?: 'set null';
    }
  /** Other rows hold a foreign key to this one. */
  | {
      readonly kind: 'many';
      readonly entity: string;
      /** Foreign key column in the other entity's table. */
      readonly column: string;
      readonly orderBy?: readonly {
        readonly column: string;
        readonly direction: 'asc' | 'desc';
        /** The order of the column's values when it is not their natural one; others come last. */
        readonly ranking?: readonly number[];
      }[];
      readonly hidden?: boolean;
    }
  /** At most one other row holds a foreign key to this one. */
  | {
      readonly kind: 'inverseOne';
      readonly entity: string;
      readonly column: string;
      readonly hidden?: boolean;
    };

export type Entity = {
  /** GraphQL type name = Doctrine's short class name. */
  readonly name: string;
  readonly table: string;
  /** Value of `discriminator_type`; without it EC-CUBE does not see a row. */
  readonly discriminator: string;
  /** Field name → column, in the order of the printed schema. */
  readonly columns: Readonly<Record<string, Column>>;
  /** Field name → relation, in the order of the printed schema, after the columns. */
  readonly relations: Readonly<Record<string, Relation>>;
  /** Fields that are made from a row when it is shown, each with the columns that it needs. */
  readonly derived?: Readonly<Record<string, readonly string[]>>;
  /** The API shows the row's `version` (rows/version.ts), which a writer may expect. Its key is `id`. */
  readonly versioned?: boolean;
  /** The table is absent in some EC-CUBE versions. */
  readonly optional?: boolean;
  /** The extension that declares it; the core's have none. */
  readonly origin?: string;
  /** Tegata itself needs the table; it has no GraphQL type. */
  readonly internal?: boolean;
  readonly indexes?: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly unique?: boolean;
  }[];
};

/** The column name behind a field. */
export const columnName = (field: string, column: Column): string => column.column ?? field;

/** The type of a foreign key to this entity; undefined when its key is composite. */
export function keyType(entity: Entity): 'integer' | 'smallint' | undefined {
  const keys = Object.values(entity.columns).filter(({ key }) => key);
  const type = keys.length === 1 ? keys[0]?.type : undefined;
  if (type === 'id') return 'integer';
  return type === 'integer' || type === 'smallint' ? type : undefined;
}
