/** The part of an identity schema that the benchmark's query needs, as one would write it by hand. */
export const typeDefs = `#graphql
  type Query {
    users(first: Int = 100, after: String): UserConnection!
  }

  type UserConnection {
    edges: [UserEdge!]!
    nodes: [User!]!
    pageInfo: PageInfo!
  }

  type UserEdge {
    cursor: String!
    node: User!
  }

  type User {
    id: ID!
    userName: String!
    displayName: String
    active: Boolean
    emails: [Email!]!
    memberOf(first: Int = 20): GroupConnection!
    manager: User
  }

  type Email {
    value: String
    type: String
    primary: Boolean
  }

  type GroupConnection {
    nodes: [Group!]!
  }

  type Group {
    id: ID!
    displayName: String
  }

  type PageInfo {
    hasNextPage: Boolean!
    endCursor: String
  }
`;
