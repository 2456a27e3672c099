//! Typed ids, and the lists that they index.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// An id: an index into one [`Arena`].
pub trait Id: Copy + Eq {
    /// The id of the entity at an index.
    fn from_index(index: usize) -> Self;
    /// The index of the entity.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl Id for $name {
            fn from_index(index: usize) -> Self {
                Self(index as u32)
            }

            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A function of [`crate::Ir::functions`].
    FunctionId,
    /// An integration of [`crate::Ir::integrations`].
    IntegrationId,
    /// A VPC link of [`crate::Ir::vpc_links`].
    VpcLinkId,
    /// An authorizer of [`crate::Ir::authorizers`].
    AuthorizerId,
    /// A route of [`crate::Ir::routes`].
    RouteId,
    /// A stage of [`crate::Ir::stages`].
    StageId,
    /// A domain of [`crate::Ir::domains`].
    DomainId,
    /// A model of [`crate::Ir::models`].
    ModelId,
    /// An API key of [`crate::Ir::api_keys`].
    ApiKeyId,
    /// A usage plan of [`crate::Ir::usage_plans`].
    UsagePlanId,
    /// A gateway response of [`crate::Ir::gateway_responses`].
    GatewayResponseId,
}

/// All entities of one type, in the order in which they were declared.
#[derive(Clone, Debug)]
pub struct Arena<K, T> {
    items: Vec<T>,
    key: PhantomData<K>,
}

impl<K, T> Default for Arena<K, T> {
    fn default() -> Self {
        Self { items: Vec::new(), key: PhantomData }
    }
}

impl<K: Id, T> Arena<K, T> {
    /// Adds an entity.
    pub fn push(&mut self, item: T) -> K {
        self.items.push(item);
        K::from_index(self.items.len() - 1)
    }

    /// Ids and entities.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &T)> + ExactSizeIterator {
        self.items.iter().enumerate().map(|(at, it)| (K::from_index(at), it))
    }

    /// The ids.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = K> + ExactSizeIterator + use<K, T> {
        (0..self.items.len()).map(K::from_index)
    }

    /// The entities.
    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<K: Id, T> Index<K> for Arena<K, T> {
    type Output = T;

    fn index(&self, id: K) -> &T {
        &self.items[id.index()]
    }
}

impl<K: Id, T> IndexMut<K> for Arena<K, T> {
    fn index_mut(&mut self, id: K) -> &mut T {
        &mut self.items[id.index()]
    }
}
