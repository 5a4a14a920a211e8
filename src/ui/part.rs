//! Functions whose code loads when they are first called.
//!
//! A release is split at these functions: what only the functions of one part reach travels in the file of that part
//! (`scripts/split.sh`), and the texts that only parts use load before the first part runs. A development build is in one piece, and they return at once.

use super::state::App;
use crate::t;
use std::future::Future;
use wasm_bindgen_futures::spawn_local;

/// The network did not deliver a part of the page. The next call tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        NotLoaded
    }
}

/// Declares functions of a part: each becomes an `async` function that loads the part and returns a `Result`.
macro_rules! part {
    ($($(#[$doc:meta])* $part:ident: $access:vis fn $name:ident($($arg:ident: $type:ty),*) -> $output:ty $body:block)*) => {$(
        #[cfg(split)]
        $(#[$doc])*
        $access async fn $name($($arg: $type),*) -> Result<$output, $crate::ui::part::NotLoaded> {
            #[wasm_split_helpers::wasm_split($part, fallible)]
            fn $name($($arg: $type),*) -> Result<$output, $crate::ui::part::NotLoaded> {
                let output: $output = $body;
                Ok(output)
            }
            // Without its texts, a part would show their ids.
            if !$crate::ui::language::load_texts_of_parts().await {
                return Err($crate::ui::part::NotLoaded);
            }
            $name($($arg),*).await
        }

        #[cfg(not(split))]
        $(#[$doc])*
        $access async fn $name($($arg: $type),*) -> Result<$output, $crate::ui::part::NotLoaded> {
            let output: $output = $body;
            Ok(output)
        }
    )*};
}
pub(crate) use part;

/// Waits for a function of a part. If its code cannot be loaded, a message asks the user to try again.
pub fn run(app: &App, what: impl Future<Output = Result<(), NotLoaded>> + 'static) {
    let app = app.clone();
    spawn_local(async move {
        if let Err(NotLoaded) = what.await {
            app.say(t!("app-action-missing"));
        }
    });
}
