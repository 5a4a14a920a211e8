//! Callbacks without the lines that clone what they capture.

/// A callback that owns clones of the named variables: `callback!([app, driver], move |_: MouseEvent| …)`.
macro_rules! callback {
    ([$($name:ident),* $(,)?], $closure:expr $(,)?) => {{
        $(let $name = $name.clone();)*
        ::yew::Callback::from($closure)
    }};
}
pub(crate) use callback;
