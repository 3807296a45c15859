/** A document for each query of the core that works on the demo shop: the documentation shows it, a test runs it. */
export const CORE_EXAMPLES: Readonly<Record<string, string>> = {
  product: `query {
  product(id: 1) {
    id
    name
    Status {
      name
    }
    ProductClasses {
      id
      code
      price02
      stock
      stock_unlimited
    }
  }
}`,
  products: `query {
  products(id: "手形", status: ["1"], limit: 20, sortkey: "update_date", sorttype: "d") {
    totalCount
    nodes {
      id
      name
      ProductClasses {
        code
        price02
        stock
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`,
  order: `query {
  order(id: 1) {
    order_no
    order_date
    payment_total
    OrderStatus {
      name
    }
    OrderItems {
      product_name
      quantity
      price
    }
  }
}`,
  orders: `query {
  orders(order_date_start: "2020-01-01", first: 10) {
    edges {
      cursor
      node {
        order_no
        name01
        name02
        Shippings {
          id
          tracking_number
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`,
  customer: `query {
  customer(id: 1) {
    id
    name01
    name02
    email
    Status {
      name
    }
  }
}`,
  customers: `query {
  customers(buy_times_start: 1, limit: 20) {
    totalCount
    nodes {
      id
      name01
      name02
      buy_times
      last_buy_date
    }
  }
}`,
  changes: `query {
  changes(first: 50, entities: ["product", "order"]) {
    nodes {
      entity
      id
      action
      changed_at
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    latestCursor
  }
}`,
};
